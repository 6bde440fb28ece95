import { listMonthLimits } from '#app/eval/month-limits.ts';
import { openSpending } from '#app/eval/spending-booking.ts';
import type { PromptInput } from '#app/prompt/prompt-input.ts';
import { formatDollars } from '#core/models/figures.ts';
import type { CommandContext } from './command.ts';

/** A budget of the month and what is spent of it, USD. */
export interface SpentBudget {
  readonly source: string;
  readonly scope: 'project' | 'user';
  readonly limit: number;
  /** Null where the ledger cannot be read. */
  readonly spent: number | null;
}

/** The budgets of the month of the prompts' projects, and the user's. */
export async function readBudgets(
  inputs: readonly PromptInput[],
  { environment }: CommandContext,
): Promise<SpentBudget[]> {
  const { ledger, limits: ofUser } = await openSpending(environment);
  const projects = new Map(inputs.map(({ project }) => [project.root, project]));
  const budgets = new Map<string, SpentBudget>();
  for (const { root, settings } of projects.values()) {
    const totals = await ledger.sumMonth(root, new Date()).catch(() => null);
    for (const { usd: limit, scope, source } of listMonthLimits(settings, ofUser)) {
      const key = scope === 'user' ? source : `${root} ${source}`;
      budgets.set(key, { source, scope, limit, spent: totals?.[scope] ?? null });
    }
  }
  return [...budgets.values()];
}

/** `this month: $0.42 of $5.00 spent in this project (budget.month in .promptsmith.yaml)`. */
export function describeBudget({ source, scope, limit, spent }: SpentBudget): string {
  const where = scope === 'project' ? 'in this project' : 'in all projects';
  const amount = spent === null ? 'an unknown amount' : formatDollars(spent);
  return `this month: ${amount} of ${formatDollars(limit)} spent ${where} (${source})`;
}
