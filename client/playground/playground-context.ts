import type { Uri } from 'vscode';
import type { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import type { AnswerDocuments } from '../answer-documents.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import type { SessionCost } from '../session-cost.ts';
import type { BilledTokens } from './billed-tokens.ts';
import type { History } from './history.ts';
import type { InlineAnswers } from './inline-answers.ts';

/** What the playground is given. */
export interface PlaygroundServices {
  readonly extension: Uri;
  /** Where the workspace's own data lies; undefined without a folder. */
  readonly storage: Uri | undefined;
  readonly keys: ApiKeys;
  readonly billed: BilledTokens;
  readonly spent: SessionCost;
  readonly inline: InlineAnswers;
  readonly documents: AnswerDocuments;
}

/** What its panels share. */
export interface PlaygroundContext {
  readonly services: PlaygroundServices;
  readonly knowledge: PromptKnowledge;
  readonly history: History;
}

/** The type of the playground's panels. */
export const PLAYGROUND_TYPE = 'promptsmith.playground';

/** What a panel begins with. */
export interface PlaygroundRequest {
  readonly case?: string;
  /** Lets the user choose first. */
  readonly choose?: 'case' | 'models';
  /** Asks at once. */
  readonly run?: boolean;
}
