import { addGoldenCase } from './add-golden-case.ts';
import { filterPrompts, groupPrompts, sortPrompts } from './arrange-prompts.ts';
import { auditTokens } from './audit-tokens.ts';
import type { Command } from './command.ts';
import { compareModels } from './compare-models.ts';
import { compareWith } from './compare-with.ts';
import { evaluateChanged, evaluatePrompt } from './evaluate.ts';
import { fixWorkspace } from './fix-workspace.ts';
import { newPrompt } from './new-prompt.ts';
import { registryCommands } from './registry.ts';
import { runPrompt, runPromptWithCase, showPlayground } from './run-prompt.ts';
import { copyPrompts, openPrompts } from './selected-prompts.ts';
import { showResults } from './show-results.ts';
import { simpleCommands } from './simple-commands.ts';

/** Every command. */
export const COMMANDS: readonly Command[] = [
  ...simpleCommands,
  runPrompt,
  runPromptWithCase,
  compareModels,
  showPlayground,
  auditTokens,
  fixWorkspace,
  newPrompt,
  evaluatePrompt,
  evaluateChanged,
  compareWith,
  addGoldenCase,
  showResults,
  ...registryCommands,
  groupPrompts,
  sortPrompts,
  filterPrompts,
  openPrompts,
  copyPrompts,
];
