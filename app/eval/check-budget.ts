import { formatDollars } from '#core/models/figures.ts';
import type { EvalEstimate } from './estimate-eval.ts';
import { describeExceededLimit, type ExceededLimit } from './month-limits.ts';

/** Why an eval would cost too much. */
export interface BudgetProblem {
  /** The limit of the run, a budget of the month in a file, or the one of the editor's settings. */
  readonly code: 'run-limit' | 'month-budget' | 'month-setting';
  readonly message: string;
}

/** Checks the expected cost against the limit of the run; `exceeded` is the limit of the month that it is over. */
export function checkBudget(
  { isFree, calls, cost, limit }: EvalEstimate,
  exceeded: ExceededLimit | null,
): BudgetProblem | null {
  if (isFree || calls === 0) return null;
  if (cost !== null && limit !== null && cost > limit.usd)
    return {
      code: 'run-limit',
      message: `the run would cost ≈ ${formatDollars(cost)}, over the limit of ${formatDollars(limit.usd)} set by ${limit.source}`,
    };
  if (!exceeded) return null;
  return {
    code: exceeded.limit.origin === 'editor' ? 'month-setting' : 'month-budget',
    message: describeExceededLimit(exceeded, cost),
  };
}
