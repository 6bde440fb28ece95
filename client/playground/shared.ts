import type { Uri } from 'vscode';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { AnswerTexts } from './answer-texts.ts';
import type { BilledTokens } from './billed-tokens.ts';
import type { History } from './history.ts';
import type { InlineAnswers } from './inline-answers.ts';
import type { Spent } from './spent.ts';

/** What the playground is given. */
export interface PlaygroundServices {
  readonly extension: Uri;
  /** Where the workspace's own data lies; undefined without a folder. */
  readonly storage: Uri | undefined;
  readonly keys: ApiKeys;
  readonly billed: BilledTokens;
  readonly spent: Spent;
  readonly inline: InlineAnswers;
}

/** What its panels share. */
export interface Shared {
  readonly services: PlaygroundServices;
  readonly knowledge: PromptKnowledge;
  readonly history: History;
  readonly texts: AnswerTexts;
}
