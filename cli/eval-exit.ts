import type { FinishedEval } from '#app/eval/eval-event.ts';
import type { FailPolicy } from '#app/eval/gate-question.ts';

/** What the exit code depends on. */
export type JudgedEval = Pick<FinishedEval, 'comparisons'> & {
  readonly outcome: Pick<FinishedEval['outcome'], 'summary' | 'conclusion'>;
};

/**
 * 0 passed, 1 failed by the policy of --fail-on, 2 undecided: the run did not end, or missing answers decide.
 * 130 interrupted. Only the first model of a run counts.
 */
export function exitCode(
  runs: readonly JudgedEval[],
  failOn: FailPolicy,
  isInterrupted: boolean,
): number {
  if (isInterrupted) return 130;
  if (runs.some(({ outcome }) => outcome.summary.end !== 'done')) return 2;
  if (failOn === 'never') return 0;
  const results = runs.map((run) => isPassed(run, failOn));
  if (results.includes(null)) return 2;
  return results.includes(false) ? 1 : 0;
}

/** Null if missing answers decide. */
function isPassed(run: JudgedEval, failOn: Exclude<FailPolicy, 'never'>): boolean | null {
  const { conclusion, summary } = run.outcome;
  if (conclusion.kind === 'inconclusive') return null;
  const [first] = summary.run.models;
  const own = run.comparisons.filter(({ model }) => model === undefined || model === first);
  switch (failOn) {
    case 'any':
      return conclusion.kind === 'undecided' ? null : conclusion.kind === 'accepted';
    case 'regression':
      return combine(own.map(({ regression }) => (regression === null ? null : !regression)));
    case 'inferior':
      return combine(own.map(({ nonInferior }) => nonInferior));
    default:
      return failOn satisfies never;
  }
}

function combine(results: readonly (boolean | null)[]): boolean | null {
  if (results.includes(false)) return false;
  return results.includes(null) ? null : true;
}
