import type { RequestChange } from '../../models/request-change.ts';
import type { EndReason, Outcome, RunHeader } from '../run-event.ts';
import type { Interval } from '../statistics/proportion-intervals.ts';
import type { OutputCount } from './count-outputs.ts';

/**
 * A run in figures: `summary.json`, and with `cases` the output of `eval --format json` (see
 * docs/internals.md). What is not in `results` is about the run's first model, or about the whole run.
 */
export interface Summary extends Omit<ModelResult, 'model' | 'cases' | 'jobs'> {
  readonly v: 2;
  readonly run: RunHeader;
  /** How it ended; null while it runs, or if it was interrupted. */
  readonly end: EndReason | null;
  /** Only for a run that stopped early because its verdict was certain: the calls and cost saved. */
  readonly early?: { readonly calls: number; readonly cost: number | null };
  /** Milliseconds of work, without the pauses of a run that was resumed. */
  readonly durationMs: number;
  readonly totals: Totals;
  /** One entry per model, in the order of `run.models`. */
  readonly results: readonly ModelResult[];
  /** Output tokens by model, to estimate later runs; absent in runs of older versions. */
  readonly outputs?: Readonly<Record<string, OutputCount>>;
}

/** The results of one model. A run on several models is several results. */
export interface ModelResult {
  readonly model: string;
  readonly cases: CaseCounts;
  readonly jobs: JobCounts;
  /** Mean share of passed repeats over the answered and judged cases, with its 95 % interval; null if there are none. */
  readonly passRate: PassRate | null;
  /** Milliseconds of the calls made in this run; null if there were none. */
  readonly latency: Latency | null;
  /** Cost of the answers in USD, including stored ones but not judges; null if a price is unknown. */
  readonly callCost: CallCost | null;
  /** Mean tokens of the answers whose usage is known; null if there are none. */
  readonly callTokens: { readonly input: number; readonly output: number } | null;
  /** USD of the answers per passed case; null if a price is unknown or no case passed. */
  readonly passedCost: number | null;
  /** Mean score of each metric, and the derived metrics. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Only with repeats: pass@k (`any`) and pass^k (`all`), the mean over the cases. */
  readonly tries?: { readonly k: number; readonly any: number; readonly all: number };
  readonly answers: AnswerSources;
  /** What of the prompt was not sent as it stands; absent if nothing was changed, and in runs of older versions. */
  readonly changes?: readonly RequestChange[];
  /** Only if answers, verdicts or scores are missing. */
  readonly extremes?: Extremes;
}

export type PassRate = { readonly value: number } & Interval;

export interface CallCost {
  readonly mean: number;
  readonly max: number;
  /**
   * The 95 % interval of the mean over the cases; absent with fewer than six cases, and in runs of older
   * versions.
   */
  readonly interval?: Interval;
}

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Median of the time to the first token; null if no answer was streamed. */
  readonly firstToken: number | null;
}

/** The number of cases by outcome. */
export interface CaseCounts {
  readonly passed: number;
  readonly failed: number;
  /** Without an answer or a verdict: no observation. */
  readonly errored: number;
  readonly skipped: number;
  readonly noChecks: number;
}

/** Jobs (case × repeat) that were asked, and those that were answered and judged. */
export interface JobCounts {
  readonly asked: number;
  readonly answered: number;
}

/** Where the answers are from. */
export interface AnswerSources {
  readonly model: number;
  readonly cache: number;
  readonly recording: number;
  readonly sample: number;
  /** When the oldest one was given (ISO 8601); null if there is none. */
  readonly oldest: string | null;
  /** Answers whose time is unknown. */
  readonly undated: number;
}

/** What figures would be with every missing answer at its worst, and at its best. */
export interface Extremes {
  readonly passRate: readonly [low: number, high: number];
  /** Means from 0 to 1 of the metrics that miss scores; a derived metric has null. */
  readonly metrics: Readonly<Record<string, readonly [low: number, high: number] | null>>;
  /** p95 of the latency in milliseconds; a null bound is unlimited. */
  readonly p95: readonly [low: number, high: number | null];
  /** The number of jobs without an answer. What those take and cost is unlimited. */
  readonly unanswered: number;
}

/** Cases and jobs of the first model, and the consumption of the whole run. */
export interface Totals extends CaseCounts {
  readonly jobs: JobCounts;
  /** Tokens of the answers, without judges. `unknown` counts the answers without usage. */
  readonly tokens: { readonly input: number; readonly output: number; readonly unknown: number };
  /** USD spent in this run, including judges; null if a price is unknown. */
  readonly cost: number | null;
  /** Calls that broke off and may be billed: their cost is not in `cost`. */
  readonly unknownCalls: number;
  /** Calls of judges that were paid in this run, and their cost in USD; absent if there were none. */
  readonly judges?: { readonly calls: number; readonly cost: number };
  /** USD that the provider says it charged for answers; absent where it says nothing. */
  readonly charged?: number;
  /** Calls of the models under test, retries included. */
  readonly calls: number;
  /** Share of answers from the cache or recordings. */
  readonly cachedShare: number;
}

/** One case, of one model, over all its repeats. */
export interface CaseSummary {
  readonly id: string;
  /** Only if the run has several models. */
  readonly model?: string;
  readonly group?: string;
  readonly tags: readonly string[];
  readonly outcome: Outcome;
  /** Mean over the repeats; null if there is no score. */
  readonly score: number | null;
  /** The number of repeats with a verdict, and of those that passed. */
  readonly repeats: number;
  readonly passed: number;
  /** The number of repeats without an answer or a verdict, if any. */
  readonly missing?: number;
  /** Share of repeats that disagree with the majority; null (unknown) with fewer than three. */
  readonly flaky: number | null;
  /** Mean score of each metric of its evaluators; absent if there are none. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** The answers with a verdict: which one it was (runs share cached ones), and whether it passed. */
  readonly observations?: readonly Observation[];
}

/** An answer with its verdict. */
export interface Observation {
  /** The repeat and when the answer was given; two runs that share an answer have the same. */
  readonly id: string;
  readonly passed: boolean;
}
