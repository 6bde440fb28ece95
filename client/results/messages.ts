import type { RunReport } from '#core/eval/report/run-report.ts';
import type { TextTable } from '#core/eval/report/tabulate-models.ts';
import type { EvaluatorResult, Outcome } from '#core/eval/run-event.ts';

/** How a case came out over its repeats. */
export interface CaseResult {
  readonly outcome: Outcome;
  readonly passed: number;
  readonly repeats: number;
  readonly score: number | null;
}

/** A line of the table: a case of a model. */
export interface ResultRow extends CaseResult {
  readonly id: string;
  /** What it is called for display. */
  readonly name: string;
  /** The number of repeats without an answer or a verdict. */
  readonly missing: number;
  /** Null where the run has one model. */
  readonly model: string | null;
  readonly tags: readonly string[];
  readonly group: string | null;
  /** Share of repeats that disagree with the others; null: unknown. */
  readonly flaky: number | null;
  /** Mean latency of a call, in ms; null: no call was made. */
  readonly latencyMs: number | null;
  /** Cost of its answers in USD; null: unknown. */
  readonly cost: number | null;
  /** The same case in the baseline. */
  readonly base: CaseResult | null;
}

/** The parts of a run's report that the page lays out. */
export type ShownReport = Pick<
  RunReport,
  | 'result'
  | 'steps'
  | 'acceptance'
  | 'models'
  | 'failures'
  | 'missing'
  | 'slices'
  | 'comparisons'
  | 'cost'
  | 'facts'
>;

/** How a run can go on: `resume` one that was cut off, `retry` what has no answer; null if it cannot. */
export type Continuation = 'resume' | 'retry' | null;

/** A stored run as the page shows it. */
export interface ResultsData {
  readonly path: string;
  readonly run: string;
  readonly at: string;
  readonly report: ShownReport;
  /** Of which `report.failures` has the first ones. */
  readonly failures: number;
  /** The models side by side; null where the run has one. */
  readonly models: TextTable | null;
  /** It asked only some cases, so it decides nothing about the prompt. */
  readonly isPartial: boolean;
  /** The pass rate that the file requires, 0 to 1. */
  readonly requiredRate: number | null;
  readonly continuation: Continuation;
  readonly rows: readonly ResultRow[];
}

/** One call of a case. */
export interface CaseCall {
  readonly answer: string | null;
  /** How the answer ended, unless it ended by itself. */
  readonly finishReason: string | null;
  /** Why the answer fails whatever its checks report. */
  readonly fault: string | null;
  readonly error: string | null;
  readonly results: readonly EvaluatorResult[];
}

/** Everything about one line of the table. */
export interface CaseDetail {
  readonly id: string;
  readonly name: string;
  readonly model: string | null;
  /** The row's values, as text. */
  readonly values: readonly (readonly [string, string])[];
  /** By repeat. */
  readonly calls: readonly CaseCall[];
  readonly base: readonly CaseCall[];
}

/** A column of the table. */
export type CaseColumn =
  | 'result'
  | 'case'
  | 'model'
  | 'score'
  | 'repeats'
  | 'baseline'
  | 'change'
  | 'latency'
  | 'cost'
  | 'tags';

/** What the reader of the page has chosen. */
export interface ResultsChoice {
  readonly show: 'all' | 'not-passed' | 'unanswered' | 'changed' | 'flaky';
  readonly text: string;
  readonly sort: CaseColumn;
  readonly descending: boolean;
}

/** The state that reopens the page. */
export interface ResultsState {
  readonly uri: string;
  readonly run: string;
  readonly choice: ResultsChoice | null;
}

export type ToResults =
  | {
      readonly kind: 'results';
      readonly data: ResultsData;
      readonly state: ResultsState;
    }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'detail'; readonly detail: CaseDetail }
  /** The file sends something else now than when it was run; how the run can go on with the file as it is. */
  | { readonly kind: 'stale'; readonly isStale: boolean; readonly continuation: Continuation };

export type FromResults =
  | { readonly kind: 'ready' }
  | { readonly kind: 'detail'; readonly id: string; readonly model: string | null }
  /** Show the row of the case in the editor. */
  | { readonly kind: 'reveal'; readonly id: string }
  /** Show the answers of the baseline and of the run side by side. */
  | { readonly kind: 'diff'; readonly id: string; readonly model: string | null }
  /** The user's choices, which are kept while the page is hidden. */
  | { readonly kind: 'choice'; readonly choice: ResultsChoice }
  | { readonly kind: 'export' | 'evaluate' | 'compare' | 'continue' };
