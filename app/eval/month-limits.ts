import { join } from 'node:path';
import { formatDollars } from '#core/models/figures.ts';
import { findEntry, toJson } from '#core/prompt/node.ts';
import { parseYaml } from '#core/prompt/yaml.ts';
import type { Settings } from '#core/settings.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '#io/files.ts';
import type { MonthTotals } from '#io/spending-ledger.ts';
import { getUserConfigFolder } from '#io/user-folders.ts';

/** The most that may be spent in a calendar month (UTC). */
export interface MonthLimit {
  readonly usd: number;
  /** `project`: what is spent in it; `user`: what the user spends in all projects. */
  readonly scope: keyof MonthTotals;
  readonly origin: 'project-file' | 'user-file' | 'editor';
  /** What sets it, for messages. */
  readonly source: string;
}

/** A limit that an expected cost would exceed. */
export interface ExceededLimit {
  readonly limit: MonthLimit;
  /** USD of this month before. */
  readonly spent: number;
}

/** The limits of a project: its own, and those of the user. */
export function listMonthLimits(
  { budget }: Pick<Settings, 'budget'>,
  ofUser: readonly MonthLimit[],
): readonly MonthLimit[] {
  const { month } = budget;
  if (month === undefined) return ofUser;
  const source = 'budget.month in .promptsmith.yaml';
  return [{ usd: month, scope: 'project', origin: 'project-file', source }, ...ofUser];
}

/**
 * Finds the first limit that a cost of `expected` USD would exceed: nothing does that costs nothing, and an
 * unknown cost (null) does where the limit is used up.
 */
export function findExceededLimit(
  limits: readonly MonthLimit[],
  totals: MonthTotals,
  expected: number | null,
): ExceededLimit | null {
  if (expected === 0) return null;
  for (const limit of limits) {
    const spent = totals[limit.scope];
    const isOver = expected === null ? spent >= limit.usd : spent + expected > limit.usd;
    if (isOver) return { limit, spent };
  }
  return null;
}

/** USD that the tightest limit leaves; null without limits. */
export function findRest(limits: readonly MonthLimit[], totals: MonthTotals): number | null {
  const rests = limits.map(({ usd, scope }) => Math.max(0, usd - totals[scope]));
  return rests.length === 0 ? null : Math.min(...rests);
}

/** `the run would cost ≈ $1.00, and $2.01 of this month's $3.00 budget is spent (budget.month in …)`. */
export function describeExceededLimit(
  { limit, spent }: ExceededLimit,
  expected: number | null,
): string {
  const cost = expected === null ? 'an unknown amount' : `≈ ${formatDollars(expected)}`;
  return `the run would cost ${cost}, and ${formatDollars(spent)} of this month's ${formatDollars(limit.usd)} budget is spent (${limit.source})`;
}

/**
 * Reads the limit in the user's own settings, `~/.config/promptsmith/settings.yaml`; none where there is no
 * file. Throws UserError when it cannot be read: a limit is not passed over.
 */
export async function readUserLimits(
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly MonthLimit[]> {
  const path = join(getUserConfigFolder(env), 'settings.yaml');
  const file = await readTextFile(path);
  if ('error' in file) {
    if (file.error.kind === 'missing') return [];
    throw new UserError(file.error.message);
  }
  const { root, problems } = parseYaml(file.text);
  const [problem] = problems;
  if (problem) throw new UserError(`${path}: ${problem.message}`);
  const budget = findEntry(root, 'budget')?.value;
  const month = findEntry(budget, 'month')?.value;
  if (!month) return [];
  const usd = toJson(month);
  if (typeof usd !== 'number' || !Number.isFinite(usd) || usd < 0)
    throw new UserError(`${path}: \`budget.month\` must be a number of 0 or more, in USD.`);
  return [{ usd, scope: 'user', origin: 'user-file', source: `budget.month in ${path}` }];
}
