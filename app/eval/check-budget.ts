import { formatDollars } from '#core/models/figures.ts';
import type { EvalEstimate } from './estimate-eval.ts';

/** What may be spent this month and what is spent already, in USD. */
export interface MonthBudget {
  readonly budget: number;
  readonly spent: number;
}

/** Why an eval would cost too much. */
export interface BudgetProblem {
  /** The limit of the prompt file, or the user's budget of the month. */
  readonly code: 'run-limit' | 'month-budget';
  readonly message: string;
}

/** Checks the expected cost against the limit of the prompt file and the budget of the month. */
export function checkBudget(
  { isFree, cost, limit }: EvalEstimate,
  month: MonthBudget | null,
): BudgetProblem | null {
  if (isFree) return null;
  if (cost !== null && limit !== null && cost > limit)
    return {
      code: 'run-limit',
      message: `The run would cost about ${formatDollars(cost)}, over the limit of ${formatDollars(limit)} that \`budget.maxCostPerRun\` in the file sets.`,
    };
  if (month && month.spent + (cost ?? 0) > month.budget)
    return {
      code: 'month-budget',
      message: `The run would cost ${cost === null ? 'an unknown amount' : `about ${formatDollars(cost)}`}. You have spent ${formatDollars(month.spent)} of this month's ${formatDollars(month.budget)} budget (setting \`promptsmith.budget.month\`).`,
    };
  return null;
}

/** The beginning of the month of `now`, in UTC; ms. */
export function startOfMonth(now: Date): number {
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
}
