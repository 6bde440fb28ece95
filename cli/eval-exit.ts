import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { FailPolicy } from '#app/eval/gate-question.ts';
import type { Summary } from '#core/eval/report/report.ts';

/** What the exit code depends on. */
export type JudgedEval = Pick<FinishedEval, 'comparisons'> & {
  readonly outcome: Omit<FinishedEval['outcome'], 'cases' | 'log'>;
};

/** 0 passed, 1 failed by the policy of --fail-on, 2 incomplete, 130 interrupted. */
export function exitCode(
  runs: readonly JudgedEval[],
  failOn: FailPolicy,
  isInterrupted: boolean,
): number {
  if (isInterrupted) return 130;
  if (runs.some(({ outcome }) => outcome.summary.end !== 'done')) return 2;
  if (failOn === 'never') return 0;
  if (runs.some(({ outcome }) => isUnanswered(outcome.summary))) return 2;
  return runs.some((run) => isFailed(run, failOn)) ? 1 : 0;
}

function isFailed({ outcome, comparisons }: JudgedEval, failOn: FailPolicy): boolean {
  const { summary, acceptance, hasAcceptance } = outcome;
  if (failOn === 'regression') return comparisons.some(({ verdict }) => verdict === 'regression');
  if (failOn === 'inferior') return comparisons.some(({ nonInferior }) => !nonInferior);
  if (acceptance?.met === false) return true;
  return !hasAcceptance && summary.totals.failed + summary.totals.errored > 0;
}

/** Every case errored: that is not a result about the prompt. */
function isUnanswered({ totals: t }: Summary): boolean {
  return t.errored > 0 && t.passed + t.failed + t.noChecks + t.skipped === 0;
}
