import type { Comparison } from '#core/eval/compare/compare.ts';
import type { AcceptanceResult } from '#core/eval/report/acceptance.ts';
import type { Summary } from '#core/eval/report/report.ts';

/** What the exit code of a run goes by. */
export interface Judged {
  readonly summary: Summary;
  /** Null when the file has neither `acceptance` nor `must` cases. */
  readonly acceptance: AcceptanceResult | null;
  /** The file has `acceptance`: it decides, and not that a case failed. */
  readonly hasAcceptance: boolean;
  /** With the baseline, by model; none without --baseline. */
  readonly comparisons: readonly Comparison[];
}

/** 0 passed, 1 failed by the policy of --fail-on, 2 incomplete, 130 interrupted. */
export function exitCode(runs: readonly Judged[], failOn: string, interrupted: boolean): number {
  if (interrupted) return 130;
  if (runs.some(({ summary }) => summary.end !== 'done')) return 2;
  if (failOn === 'never') return 0;
  if (runs.some(({ summary }) => isUnanswered(summary))) return 2;
  return runs.some((run) => isFailed(run, failOn)) ? 1 : 0;
}

function isFailed(run: Judged, failOn: string): boolean {
  const { summary, acceptance, hasAcceptance, comparisons } = run;
  if (failOn === 'regression') return comparisons.some(({ verdict }) => verdict === 'regression');
  if (failOn === 'inferior') return comparisons.some(({ nonInferior }) => !nonInferior);
  if (acceptance?.met === false) return true;
  return !hasAcceptance && summary.totals.failed + summary.totals.errored > 0;
}

/** Every case errored: that says nothing about the prompt. */
function isUnanswered({ totals: t }: Summary): boolean {
  return t.errored > 0 && t.passed + t.failed + t.noChecks + t.skipped === 0;
}
