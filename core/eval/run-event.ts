import type { Hashes } from './hashes.ts';
import type { Answer, Connection, ModelError } from './model.ts';

/** `errored`: there is no answer, or it could not be judged. It is no observation, and neither pass nor fail. */
export type Outcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'no-checks';

/** Where an answer is from. A `sample` is written by hand. */
export type AnswerSource = 'model' | 'cache' | 'recording' | 'sample';

/** Why an answer fails whatever its checks report: how it ended, or that the request was refused. */
export interface AnswerFault {
  readonly code: 'cut-off' | 'empty' | 'tool-call' | 'refused' | 'rejected';
  /** One clause in lower case without a period. */
  readonly message: string;
}

/** The result of one evaluator for one answer. */
export interface EvaluatorResult {
  readonly name: string;
  /** `string`, `llm`, `contains`, `not-contains`, `github/similarity` … */
  readonly kind: string;
  readonly metric?: string;
  /** 0 to 1; null if there is none (an error, or not measurable). */
  readonly score: number | null;
  /** null = an error if `error` is set, else not measurable, which is neither pass nor fail. */
  readonly passed: boolean | null;
  readonly weight: number;
  /** One sentence for reports. */
  readonly detail: string;
  readonly expected?: string;
  /** The compared text if it is not the answer's own, or a judge's reply. */
  readonly actual?: string;
  /** Why there is no verdict: an invalid configuration, or a judge that did not answer. */
  readonly error?: string;
  /** Cost of this evaluator's model calls in USD; null = unknown. */
  readonly cost: number | null;
}

/** The identity and settings of a run, in its first event. */
export interface RunHeader {
  readonly id: string;
  readonly promptId: string;
  /** The path of the file from the project root. */
  readonly path: string;
  readonly hashes: Hashes;
  readonly models: readonly string[];
  /** The prompt file's own model as it was resolved; null if it has none. Absent in runs of older versions. */
  readonly model?: string | null;
  readonly judge?: string;
  readonly origins: readonly string[];
  /** How each model is called, by its id; absent in runs of older versions. */
  readonly connections?: Readonly<Record<string, Connection>>;
  readonly repeat: number;
  readonly seed: number;
  /** The name and version of the program, `promptsmith 0.1.0`. */
  readonly tool: string;
  readonly at: string;
  readonly shard?: string;
  /** The ids of the runs that a merged run consists of; absent in those of older versions. */
  readonly mergedFrom?: readonly string[];
  /** Expressions of derived metrics, by name. */
  readonly derived?: Readonly<Record<string, string>>;
  /** USD that the run was expected to cost before its first call; absent if that was unknown. */
  readonly expectedCost?: number;
  /** True if answers come only from recordings. */
  readonly replay: boolean;
  /** The number of cases that were to run. */
  readonly cases: number;
  /** The number of cases of the file that were left out, by reason; absent in runs of older versions. */
  readonly leftOut?: LeftOut;
  /** Placeholders without a value were sent as they stand. */
  readonly allowMissing?: true;
}

/** The cases of a file that a run does not ask: with `only`, a filter, a shard, or the tag `holdout`. */
export interface LeftOut {
  readonly only: number;
  readonly filter: number;
  readonly shard: number;
  readonly holdout: number;
}

export interface AnswerEvent {
  readonly t: 'answer';
  readonly job: string;
  readonly answer?: Answer;
  readonly error?: ModelError;
  /** True if it came from the cache or a recording: nothing was spent, and its latency is from another run. */
  readonly cached: boolean;
  /** Absent in runs of older versions, and without an answer. */
  readonly source?: AnswerSource;
  /** When the model gave the answer (ISO 8601): with the job it identifies an answer that several runs share. */
  readonly answeredAt?: string;
  /** The number of calls, which may be 0. */
  readonly attempts: number;
  /** The number of calls that broke off and may be billed; their cost is unknown. */
  readonly broken?: number;
  /** The cost of this answer in USD, spent now or, if cached, originally; null = unknown. */
  readonly cost: number | null;
  readonly at: string;
}

export interface ScoreEvent {
  readonly t: 'score';
  readonly job: string;
  readonly results: readonly EvaluatorResult[];
  readonly score: number | null;
  readonly outcome: Outcome;
  /** Why the answer fails whatever its checks report. */
  readonly fault?: AnswerFault;
  /** The `$case.group` of the case. */
  readonly group?: string;
  /** The number of judge calls that broke off and may be billed; their cost is unknown. */
  readonly broken?: number;
}

export type EndReason = 'done' | 'cancelled' | 'budget' | 'failed';

/** A line of `events.jsonl` (see docs/internals.md). A later event of the same job replaces the earlier one. */
export type RunEvent =
  | { readonly t: 'start'; readonly v: 1 | 2; readonly run: RunHeader }
  /** The run continues after a pause, which does not count as its duration. */
  | { readonly t: 'resume'; readonly at: string }
  | AnswerEvent
  | ScoreEvent
  | {
      readonly t: 'end';
      readonly reason: EndReason;
      readonly at: string;
      /** True if the run stopped before all jobs because its verdict was certain. */
      readonly early?: true;
    };
