import type { Verdict } from '#core/eval/compare/decide-verdict.ts';
import type { Slice } from '#core/eval/report/slices.ts';
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

/** What a run is compared with, and what came out. Differences are shares, from −1 to 1. */
export interface VerdictView {
  readonly model: string | null;
  readonly base: string;
  readonly verdict: Verdict;
  readonly text: string;
  readonly notes: readonly string[];
  readonly delta: number;
  readonly interval: readonly [number, number];
  readonly margin: number;
}

/** A stored run as the page shows it. */
export interface ResultsData {
  readonly path: string;
  readonly run: string;
  readonly at: string;
  readonly models: readonly string[];
  readonly repeat: number;
  /** `46/50 passed …`, and what it took. */
  readonly summary: string;
  readonly spent: string;
  /** It was cut off, by whom. */
  readonly end: string;
  /** What the file demands and the run misses; null: it demands nothing. */
  readonly missed: readonly string[] | null;
  readonly verdicts: readonly VerdictView[];
  readonly slices: readonly Slice[];
  readonly rows: readonly ResultRow[];
}

/** One call of a case. */
export interface CaseCall {
  readonly answer: string | null;
  readonly error: string | null;
  readonly results: readonly EvaluatorResult[];
}

/** Everything about one line of the table. */
export interface CaseDetail {
  readonly id: string;
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
  readonly show: 'all' | 'not-passed' | 'changed' | 'flaky';
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
  /** The file sends something else now than when it was run. */
  | { readonly kind: 'stale'; readonly isStale: boolean };

export type FromResults =
  | { readonly kind: 'ready' }
  | { readonly kind: 'detail'; readonly id: string; readonly model: string | null }
  /** Show the row of the case in the editor. */
  | { readonly kind: 'reveal'; readonly id: string }
  /** Show the answers of the baseline and of the run side by side. */
  | { readonly kind: 'diff'; readonly id: string; readonly model: string | null }
  /** The user's choices, which are kept while the page is hidden. */
  | { readonly kind: 'choice'; readonly choice: ResultsChoice }
  | { readonly kind: 'export' | 'evaluate' | 'compare' };
