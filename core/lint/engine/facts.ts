import type { Trust } from '../../prompt/document.ts';
import type { Node } from '../../prompt/node.ts';
import type { SchemaProblem } from '../../schema-messages.ts';
import type { Confidence } from '../../settings.ts';
import type { Span } from '../../text.ts';
import type { KnownSecret } from '../secrets.ts';

/** Another place that has to do with a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  /** Another file; absent: the linted one. */
  readonly uri?: string;
}

/** A workflow step that runs the prompt. */
export interface CallSite {
  readonly uri: string;
  /** Where the prompt is named. */
  readonly span: Span;
  /** What the variables get there, one for each expression or file. */
  readonly inputs: readonly CallInput[];
  /** The action that runs it; `version` as numbers (`v2.0.1` → 2, 0, 1), null where none can be read. */
  readonly action: {
    readonly name: string;
    readonly version: readonly number[] | null;
    readonly span: Span;
  } | null;
  /** What lets the model act, where the step turns that on. */
  readonly tools: { readonly name: string; readonly span: Span } | null;
}

export interface CallInput {
  /** The variable; '' where it cannot be read. */
  readonly name: string;
  /** As written: `${{ github.event.issue.body }}`, or a file's path. */
  readonly expression: string;
  readonly span: Span;
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
  /** `model`: what another model answered. */
  readonly kind: 'text' | 'expression' | 'model' | 'file';
  /** Its value becomes YAML text as it is: the whole of the variable's text, or a part. Null: as JSON, or no expression. */
  readonly raw: 'whole' | 'part' | null;
}

/** A file that findings may speak of besides the linted one. */
export interface OtherFile {
  readonly text: string;
  /** From the project root, or the repository's where it lies outside. */
  readonly path: string;
}

/** What is known of the files around a prompt. */
export interface WorkspaceFacts {
  /** What the secret scanner said; `null` until it has answered. */
  readonly secrets?: readonly KnownSecret[] | null;
  /** Who runs the prompt, once the workflows are read. */
  readonly callSites?: readonly CallSite[] | null;
  /** Other files that findings may speak of, by their URI. */
  readonly files?: ReadonlyMap<string, OtherFile>;
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
