import type { CaseSummary, ModelResult } from '../report/summary.ts';
import type { RunHeader } from '../run-event.ts';
import type { MissingAnswers, Verdict } from './decide-verdict.ts';
import type { Difference } from './differences.ts';
import type { PartChange } from './part-changes.ts';

/** A finished run and the results of its cases. */
export interface RunResults {
  readonly run: RunHeader;
  readonly cases: readonly CaseSummary[];
  readonly servedBy?: readonly string[];
  /** What was changed in the requests to each model; absent if unknown. */
  readonly results?: readonly Pick<ModelResult, 'model' | 'changes'>[];
  /** Share of its answers that came from the cache. */
  readonly cachedShare?: number;
}

/** Two runs compared case by case. Pass rates are shares; their differences are from −1 to 1. */
export interface Comparison {
  /** The id of the baseline run. */
  readonly base: string;
  /** What the baseline is called: `HEAD`, `production 1.4.0`. Absent in runs of older versions. */
  readonly baseName?: string;
  /** Only for a comparison of two models of one run: the baseline model. */
  readonly baseModel?: string;
  /** Only if the candidate has several models. */
  readonly model?: string;
  /** The number of cases that both runs asked; only these are compared. */
  readonly cases: number;
  /** Cases that only one of the runs asked. */
  readonly leftOut: { readonly base: readonly string[]; readonly candidate: readonly string[] };
  readonly toFailed: readonly string[];
  readonly toPassed: readonly string[];
  /** Answers and verdicts (case × repeat) that are missing in the compared cases. */
  readonly missing: { readonly base: number; readonly candidate: number };
  /** Only if answers are missing: the change with all of them at their worst, and at their best. */
  readonly extremes?: MissingAnswers;
  /** Pass rates over the cases that both runs answered. */
  readonly passRates: { readonly base: number; readonly candidate: number };
  readonly delta: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  /** Adjusted by Holm's method, over several models or several prompts with one baseline. */
  readonly pAdjusted?: number;
  /** The minimum detectable change with 80 % power. */
  readonly detectable: number;
  readonly margin: number;
  /** True if the lower bound of the interval is above minus the margin; null if missing answers decide that. */
  readonly nonInferior: boolean | null;
  /** True if the run is significantly worse; null if missing answers decide that. */
  readonly regression: boolean | null;
  readonly verdict: Verdict;
  /** The number of cases, or groups, whose share of passes changed. */
  readonly changed: number;
  /** The number of independent groups; only if cases share a `$case.group`. */
  readonly groups?: number;
  /** Only for a candidate that was stopped early: its planned number of cases. */
  readonly stoppedOf?: number;
  /** Share of the candidate's answers that came from the cache, if any. */
  readonly cachedShare?: number;
  /** Other differences between the runs. */
  readonly differs: readonly Difference[];
  /** Pass rates by tag, and mean scores by metric, if there are any. */
  readonly tags?: readonly PartChange[];
  readonly metrics?: readonly PartChange[];
}

/** The default margin of equivalence: five percentage points. */
export const DEFAULT_MARGIN = 0.05;

export interface CompareOptions {
  readonly margin?: number;
  /** Only for a run that could stop early: the p-value of its sequential test, and whether it stopped. */
  readonly looked?: { readonly p: number; readonly stopped: boolean };
  readonly seed?: number;
  /** Of the interval, 0 to 1; default 0.95. */
  readonly confidence?: number;
}
