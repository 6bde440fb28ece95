import type { Hashes } from './hashes.ts';
import type { Answer, ModelError } from './model.ts';

export type Outcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'no-checks';

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
  readonly judge?: string;
  readonly origins: readonly string[];
  readonly repeat: number;
  readonly seed: number;
  /** The name and version of the program, `promptsmith 0.1.0`. */
  readonly tool: string;
  readonly at: string;
  readonly shard?: string;
  /** Expressions of derived metrics, by name. */
  readonly derived?: Readonly<Record<string, string>>;
  /** True if answers come only from recordings. */
  readonly replay: boolean;
  readonly cases: number;
}

export interface AnswerEvent {
  readonly t: 'answer';
  readonly job: string;
  readonly answer?: Answer;
  readonly error?: ModelError;
  /** True if it came from the cache or a recording: nothing was spent, and its latency is from another run. */
  readonly cached: boolean;
  /** The number of calls, which may be 0. */
  readonly attempts: number;
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
}

export type EndReason = 'done' | 'cancelled' | 'budget' | 'failed';

/** A line of `events.jsonl` (see docs/internals.md). A later event of the same job replaces the earlier one. */
export type RunEvent =
  | { readonly t: 'start'; readonly v: 1; readonly run: RunHeader }
  | AnswerEvent
  | ScoreEvent
  | {
      readonly t: 'end';
      readonly reason: EndReason;
      readonly at: string;
      /** True if the run stopped before all jobs because its verdict was certain. */
      readonly early?: true;
    };
