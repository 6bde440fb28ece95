import type { Hashes } from './hashes.ts';
import type { Answer, ModelError } from './model.ts';

export type Outcome = 'passed' | 'failed' | 'errored' | 'skipped' | 'no-checks';

/** What one evaluator said about one answer. */
export interface EvaluatorResult {
  readonly name: string;
  /** `string`, `llm`, `contains`, `not-contains`, `github/similarity` … */
  readonly kind: string;
  readonly metric?: string;
  /** 0 to 1; null when there is none (an error, or not measurable). */
  readonly score: number | null;
  /** null: an error when `error` is set, else not measurable, which is neither pass nor fail. */
  readonly passed: boolean | null;
  readonly weight: number;
  /** One sentence for people. */
  readonly detail: string;
  readonly expected?: string;
  /** What was compared when it is not the answer's own text, or what a judge said. */
  readonly actual?: string;
  /** Why there is no verdict: a wrong configuration, a judge that did not answer. */
  readonly error?: string;
  /** USD spent on this evaluator's model calls; null = unknown, 0 = none was made. */
  readonly cost: number | null;
}

/** What a run is; the first event of every run. */
export interface RunHeader {
  readonly id: string;
  readonly promptId: string;
  /** The file, from the project root. */
  readonly path: string;
  readonly hashes: Hashes;
  readonly models: readonly string[];
  readonly judge?: string;
  readonly origins: readonly string[];
  readonly repeat: number;
  readonly seed: number;
  /** Name and version of the program, `promptsmith 0.1.0`. */
  readonly tool: string;
  readonly at: string;
  readonly shard?: string;
  /** Figures to make from the means of metrics, by name. */
  readonly derived?: Readonly<Record<string, string>>;
  /** True when answers come from recordings only. */
  readonly replay: boolean;
  readonly cases: number;
}

export interface AnswerEvent {
  readonly t: 'answer';
  readonly job: string;
  readonly answer?: Answer;
  readonly error?: ModelError;
  /** Came from the cache or a recording: nothing was spent and its latency is none of this run's. */
  readonly cached: boolean;
  /** Calls made; 0 when none was. */
  readonly attempts: number;
  /** What this answer costs at the model's price, in USD, spent now or, when cached, once; null = unknown. */
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

/** A line of `events.jsonl`. A later event of the same job replaces the earlier one. shapes.md §7. */
export type RunEvent =
  | { readonly t: 'start'; readonly v: 1; readonly run: RunHeader }
  | AnswerEvent
  | ScoreEvent
  | {
      readonly t: 'end';
      readonly reason: EndReason;
      readonly at: string;
      /** `done` before all jobs were, because the verdict stood. */
      readonly early?: true;
    };
