import type { Trust } from '../prompt/document.ts';
import type { Node } from '../prompt/node.ts';
import type { SchemaProblem } from '../schema-messages.ts';
import type { Confidence } from '../settings.ts';
import type { Span } from '../text.ts';
import type { KnownSecret } from './secrets.ts';

/** Another place that has to do with a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  /** Another file; absent: the same one. */
  readonly uri?: string;
}

/** A workflow step, or other code, that runs the prompt. */
export interface CallSite {
  readonly uri: string;
  /** Where the prompt is named. */
  readonly span: Span;
  /** What a variable gets there, as far as it can be read. */
  readonly inputs: readonly CallInput[];
}

export interface CallInput {
  readonly name: string;
  /** As written: `${{ github.event.issue.body }}`. */
  readonly expression: string;
  readonly span: Span;
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
}

/** What is known of the files around a prompt. */
export interface WorkspaceFacts {
  /** What the secret scanner said; `null` until it has answered. */
  readonly secrets?: readonly KnownSecret[] | null;
  /** Who runs the prompt, once the workflows are read. */
  readonly callSites?: readonly CallSite[] | null;
  /** Values in the prompt's test files, by variable, once read. */
  readonly testFileKeys?: ReadonlySet<string> | null;
  /** Set when the text is a settings file. */
  readonly settingsFile?: {
    readonly root: Node | null;
    readonly complaints: readonly SchemaProblem[];
  };
  /** ISO date `2026-11-21` for rules about dates; absent where nobody passed one in. */
  readonly today?: string;
}
