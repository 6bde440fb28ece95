import type { EncodingProblem } from '../../decode-text.ts';
import type { Trust } from '../../prompt/document.ts';
import type { Node } from '../../prompt/node.ts';
import type { SchemaProblem } from '../../schema-messages.ts';
import type { Confidence, Severity } from '../../settings.ts';
import type { Span } from '../../text.ts';
import type { KnownSecret } from '../secrets.ts';

/** Another location that is related to a finding. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  /** The URI of another file; absent for the linted one. */
  readonly uri?: string;
}

/** A workflow step that runs the prompt. */
export interface CallSite {
  readonly uri: string;
  /** Where the step names the prompt. */
  readonly span: Span;
  /** What the step passes to the variables, one entry per expression or file. */
  readonly inputs: readonly CallInput[];
  /** The action that runs it; `version` as numbers (`v2.0.1` → 2, 0, 1), null if it cannot be read. */
  readonly action: {
    readonly name: string;
    readonly version: readonly number[] | null;
    readonly span: Span;
  } | null;
  /** The input that gives the model tools, if the step sets it. */
  readonly tools: { readonly name: string; readonly span: Span } | null;
}

export interface CallInput {
  /** The variable; '' if it cannot be read. */
  readonly name: string;
  /** As written: `${{ github.event.issue.body }}`, or a file's path. */
  readonly expression: string;
  readonly span: Span;
  readonly trust: Trust | 'unknown';
  readonly confidence: Confidence;
  /** `model`: the answer of another model. */
  readonly kind: 'text' | 'expression' | 'model' | 'file';
  /** Set if the value becomes YAML text unchanged: all of the variable's text, or a part. Null for JSON and for files. */
  readonly raw: 'whole' | 'part' | null;
}

/** A workflow step that contains its prompt itself. Its inputs are the expressions of its texts. */
export interface InlineCall extends CallSite {
  readonly inputs: readonly (CallInput & { readonly role: 'system' | 'user' })[];
}

/** A prompt file that a workflow names and that does not exist. */
export interface MissingPrompt {
  readonly uri: string;
  /** Where the workflow names it. */
  readonly span: Span;
  /** As named, relative to the root of the repository. */
  readonly path: string;
  /** True if `span` holds that path and nothing else. */
  readonly isWhole: boolean;
  /** The prompt file that is probably meant. */
  readonly meant: string | null;
}

/** What is wrong in the workflows of a repository and belongs to none of its prompt files. */
export interface WorkflowProblems {
  readonly missing: readonly MissingPrompt[];
  readonly inline: readonly InlineCall[];
}

/** A file that findings may refer to besides the linted one. */
export interface OtherFile {
  readonly text: string;
  /** Relative to the project root, or to the repository's root if the file is outside the project. */
  readonly path: string;
}

/** What is wrong with a test file, or with a path or glob under `testFiles`. */
export interface TestFileFact {
  /** The index of the path or glob that found it. */
  readonly pattern: number;
  /** A clause that begins with the file, without a full stop: `cases/a.csv:12: two columns are named "q"`. */
  readonly message: string;
  /** `error`: cases are missing, so the prompt does not run. */
  readonly severity: Severity;
  /** True if the file is not UTF-8. */
  readonly isEncoding: boolean;
}

/** What is known about the files around a prompt. */
export interface WorkspaceFacts {
  /** What the secret scanner found; `null` until it has finished. */
  readonly secrets?: readonly KnownSecret[] | null;
  /** The workflow steps that run the prompt, once the workflows are read. */
  readonly callSites?: readonly CallSite[] | null;
  /** In the facts of one prompt of the repository, so that each problem is reported once. */
  readonly workflowProblems?: WorkflowProblems;
  /** Other files that findings may refer to, by URI. */
  readonly files?: ReadonlyMap<string, OtherFile>;
  /** Values in the prompt's test files, by variable, once read. */
  readonly testFileKeys?: ReadonlySet<string> | null;
  /** What is wrong with the prompt's test files, once read. */
  readonly testFileProblems?: readonly TestFileFact[];
  /** Set if the file is not UTF-8. Its text is then the lossy one, which only rules that need bytes check. */
  readonly encoding?: EncodingProblem;
  /** Set if the text is a settings file. */
  readonly settingsFile?: {
    readonly root: Node | null;
    readonly complaints: readonly SchemaProblem[];
  };
  /** ISO date such as `2026-11-21`, for rules about dates; absent if the caller passed none. */
  readonly today?: string;
}
