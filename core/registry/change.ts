import type { PromptDocument, Row } from '../prompt/document.ts';

/** How much a change asks of those who use a prompt. */
export type Bump = 'major' | 'minor' | 'patch';

/** A prompt with all its test rows, those of its test files too. */
export interface ComparedPrompt {
  readonly document: PromptDocument;
  readonly rows: readonly Row[];
}

/** One difference between two prompts. */
export interface Change {
  readonly part:
    | 'messages'
    | 'variables'
    | 'parameters'
    | 'model'
    | 'format'
    | 'evaluators'
    | 'acceptance'
    | 'data'
    | 'metadata';
  readonly bump: Bump;
  /** A few words in lower case, without a full stop: `the variable "ticket" was added`. */
  readonly text: string;
}

/** A text short enough to stand in a sentence. */
export function excerpt(text: string, most = 60): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
