import type { PromptDocument, Row } from '../prompt/document.ts';

/** How much a change requires of the users of a prompt. */
export type Bump = 'major' | 'minor' | 'patch';

/** A prompt with all its test rows, including those of its test files. */
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
  /** A clause in lower case without a period: `the variable "ticket" was added`. */
  readonly text: string;
  /** The text that the change is in. Several changes of one text share it. */
  readonly wording?: Wording;
}

/** A text in two versions, such as the content of a message. */
export interface Wording {
  /** `the system message (1)` */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** Shortens a text to one line of at most `max` characters. */
export function excerpt(text: string, max = 60): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= max ? line : `${line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
