import { addGoldenCase } from './add-golden-case.ts';
import { removeApiKey, setApiKey } from './api-keys.ts';
import { filterPrompts, groupPrompts, sortPrompts } from './arrange-prompts.ts';
import { auditTokens } from './audit-tokens.ts';
import { cancelEvaluation } from './cancel-evaluation.ts';
import type { Command } from './command.ts';
import { compareWith } from './compare-with.ts';
import { dismissAnswers } from './dismiss-answers.ts';
import { evaluateChanged } from './evaluate-changed.ts';
import { evaluatePrompt } from './evaluate-prompt.ts';
import { fixWorkspace } from './fix-workspace.ts';
import { newPrompt } from './new-prompt.ts';
import { openExampleWorkspace } from './open-examples.ts';
import { registryCommands } from './registry.ts';
import { restartServer } from './restart-server.ts';
import { compareModels, runPrompt, runPromptWithCase, showPlayground } from './run-prompt.ts';
import { copyPrompts, openPrompts } from './selected-prompts.ts';
import { showLog } from './show-log.ts';
import { showPreview } from './show-preview.ts';
import { showPrompts } from './show-prompts.ts';
import { showResults } from './show-results.ts';

/** Every command. */
export const COMMANDS: readonly Command[] = [
  showLog,
  restartServer,
  showPrompts,
  showPreview,
  runPrompt,
  runPromptWithCase,
  compareModels,
  showPlayground,
  dismissAnswers,
  auditTokens,
  fixWorkspace,
  newPrompt,
  openExampleWorkspace,
  evaluatePrompt,
  evaluateChanged,
  compareWith,
  addGoldenCase,
  cancelEvaluation,
  showResults,
  ...registryCommands,
  setApiKey,
  removeApiKey,
  groupPrompts,
  sortPrompts,
  filterPrompts,
  openPrompts,
  copyPrompts,
];
