import { AUTHORITY } from './authority.ts';
import { COMPLIANCE } from './compliance.ts';
import { EXFILTRATION } from './exfiltration.ts';
import { EXTRACTION } from './extraction.ts';
import { OTHER_LANGUAGES } from './foreign.ts';
import { IDENTITY } from './identity.ts';
import { LIMITS } from './limits.ts';
import { MARKUP } from './markup.ts';
import { MODES } from './modes.ts';
import { OUTPUT } from './output.ts';
import { OVERRIDE } from './override.ts';
import { PERSONA } from './persona.ts';
import type { Signals } from './signal.ts';

/** Every signal by its name. */
export const SIGNALS: Signals = {
  ...OVERRIDE,
  ...IDENTITY,
  ...MODES,
  ...LIMITS,
  ...PERSONA,
  ...COMPLIANCE,
  ...OUTPUT,
  ...EXTRACTION,
  ...EXFILTRATION,
  ...AUTHORITY,
  ...MARKUP,
  ...OTHER_LANGUAGES,
};
