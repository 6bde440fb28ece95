import { editorMutants } from './editor.ts';
import { evalMutants } from './eval.ts';
import { evidenceMutants } from './evidence.ts';
import { ioMutants } from './io.ts';
import { lintMutants } from './lint.ts';
import { messagesMutants } from './messages.ts';
import { missingAnswerMutants } from './missing-answers.ts';
import { moneyMutants } from './money.ts';
import type { Mutant } from './mutant.ts';
import { registryMutants } from './registry.ts';
import { ruleMutants } from './rules.ts';

/** Every guard that a test must notice the absence of. */
export const mutants: readonly Mutant[] = [
  ...evalMutants,
  ...lintMutants,
  ...ruleMutants,
  ...missingAnswerMutants,
  ...registryMutants,
  ...ioMutants,
  ...messagesMutants,
  ...moneyMutants,
  ...evidenceMutants,
  ...editorMutants,
];
