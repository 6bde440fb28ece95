import type { Feature } from '../feature.ts';
import { codeAction } from './code-action.ts';
import { completion } from './completion.ts';
import { definition } from './definition.ts';
import { documentHighlight } from './document-highlight.ts';
import { hover } from './hover.ts';
import { inlayHint } from './inlay-hint.ts';
import { prompts } from './prompts.ts';
import { references } from './references.ts';
import { rename } from './rename.ts';

/** Every LSP feature: one file each. */
export const features: readonly Feature[] = [
  inlayHint,
  hover,
  completion,
  definition,
  references,
  documentHighlight,
  rename,
  codeAction,
  prompts,
];
