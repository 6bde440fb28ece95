import { duplicateCase } from './duplicate-case.ts';
import { evaluatorAlias } from './evaluator-alias.ts';
import { foldedNewline } from './folded-newline.ts';
import { jsonSchemaInvalid } from './json-schema-invalid.ts';
import { multiDocument } from './multi-document.ts';
import { noAcceptance } from './no-acceptance.ts';
import { notAPromptFile } from './not-a-prompt-file.ts';
import { parameterSpelling } from './parameter-spelling.ts';
import { passThresholdTrap } from './pass-threshold-trap.ts';
import { rowAlias } from './row-alias.ts';
import { schema } from './schema.ts';
import { settings } from './settings.ts';
import { severalCriteria } from './several-criteria.ts';
import { similarityWithoutExpected } from './similarity-without-expected.ts';
import { tooLarge } from './too-large.ts';
import { unknownKey } from './unknown-key.ts';
import { unknownSuppression } from './unknown-suppression.ts';
import { unquotedTemplate } from './unquoted-template.ts';
import { unrunnableEvaluator } from './unrunnable-evaluator.ts';
import { unusedSuppression } from './unused-suppression.ts';
import { versionNotBumped } from './version-not-bumped.ts';
import { yamlSyntax } from './yaml-syntax.ts';
import { zeroThreshold } from './zero-threshold.ts';

import type { Rule } from '../lint/rule.ts';

/** Every rule, group by group. */
export const rules: readonly Rule[] = [
  duplicateCase,
  evaluatorAlias,
  foldedNewline,
  jsonSchemaInvalid,
  multiDocument,
  noAcceptance,
  notAPromptFile,
  parameterSpelling,
  passThresholdTrap,
  rowAlias,
  schema,
  settings,
  severalCriteria,
  similarityWithoutExpected,
  tooLarge,
  unknownKey,
  unknownSuppression,
  unquotedTemplate,
  unrunnableEvaluator,
  unusedSuppression,
  versionNotBumped,
  yamlSyntax,
  zeroThreshold,
];
