import type { Comparison, RunResults } from '#core/eval/compare/comparison.ts';
import type { GateQuestion } from '#core/eval/compare/gate-chance.ts';
import type { AcceptanceResult } from '#core/eval/report/acceptance.ts';
import type { CaseLog } from '#core/eval/report/case-log.ts';
import type { Conclusion } from '#core/eval/report/conclude-run.ts';
import type { Report } from '#core/eval/report/report.ts';
import type { CaseSummary, Summary } from '#core/eval/report/summary.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import type { NamedBaseline } from './choose-baseline.ts';
import type { EvalEstimate } from './estimate-eval.ts';
import type { PreparedEval } from './prepare-eval.ts';

/** What `evaluatePrompt` reports, in this order. */
export type EvalEvent =
  /** Cases with the tag `holdout` do not run. */
  | { readonly kind: 'held-out'; readonly path: string; readonly cases: number }
  /** No case matches: the eval ends. */
  | { readonly kind: 'no-cases'; readonly path: string }
  | PlannedEval
  /** What the run has to meet, where that depends on more than single cases. */
  | { readonly kind: 'gate'; readonly question: GateQuestion }
  | RunProgress
  | FinishedEval;

/** Everything is known and nothing is called yet. */
export interface PlannedEval {
  readonly kind: 'planned';
  readonly prepared: PreparedEval;
  readonly chosen: NamedBaseline | null;
  /** Smaller differences in pass rate are treated as equal; 0 to 1. */
  readonly margin: number;
  readonly estimate: EvalEstimate;
}

/** A run of the baseline or of the prompt. */
export type RunProgress =
  /** It is about to start: the last moment to stop before it costs money. */
  | ({ readonly kind: 'run-planned' } & RunSource)
  /** Something is stored; with the run so far. */
  | ({ readonly kind: 'run-step'; readonly event: RunEvent; readonly report: Report } & RunSource)
  | ({ readonly kind: 'run-finished'; readonly outcome: EvalOutcome } & RunSource);

export interface RunSource {
  readonly role: 'baseline' | 'prompt';
  readonly prepared: PreparedEval;
}

/** The result of a run. */
export interface EvalOutcome {
  readonly summary: Summary;
  /** In the order of the file. */
  readonly cases: readonly CaseSummary[];
  /** What the cases are called for display, by id, without the prompt's secrets. */
  readonly names: ReadonlyMap<string, string>;
  readonly log: CaseLog;
  /** The run as it is compared with others. */
  readonly results: RunResults;
  /** Of the first model. */
  readonly acceptance: AcceptanceResult;
  /** What the run says about the prompt on its first model. */
  readonly conclusion: Conclusion;
}

export interface FinishedEval {
  readonly kind: 'finished';
  readonly prepared: PreparedEval;
  /** Of the prompt's run, or of its baseline's where that was cut off. */
  readonly outcome: EvalOutcome;
  /** With the baseline, by model; none without one, and none for a run that was cut off. */
  readonly comparisons: readonly Comparison[];
  /** What the run is compared with, by the name that people call it; null: nothing. */
  readonly baseline: { readonly name: string; readonly results: RunResults } | null;
  /** Whose run it was compared with; null without a baseline. */
  readonly basePrompt: string | null;
  /** Its other models, each compared with the first one. */
  readonly models: readonly Comparison[];
}
