import type { Spending } from '#core/eval/run/spending.ts';
import { UserError } from '#core/user-error.ts';
import {
  type LedgerEntry,
  type MonthTotals,
  type Spender,
  SpendingLedger,
} from '#io/spending-ledger.ts';
import { getUserStateFolder } from '#io/user-folders.ts';
import type { Project } from '../prompt/project.ts';
import {
  describeExceededLimit,
  type ExceededLimit,
  findExceededLimit,
  findRest,
  listMonthLimits,
  type MonthLimit,
  readUserLimits,
} from './month-limits.ts';

/** Where a program records what calls cost, and what its user wants to spend. */
export interface SpendingRecord {
  readonly ledger: SpendingLedger;
  /** The limits of the user, for all projects. */
  readonly limits: readonly MonthLimit[];
}

export type SpendingProject = Pick<Project, 'root' | 'settings'>;

/**
 * Opens the user's ledger and limits; `editor` are those of an editor's settings. Throws UserError when the
 * user's settings file cannot be read.
 */
export async function openSpending(
  env: Readonly<Record<string, string | undefined>>,
  editor: readonly MonthLimit[] = [],
): Promise<SpendingRecord> {
  const ledger = new SpendingLedger(getUserStateFolder(env));
  return { ledger, limits: [...(await readUserLimits(env)), ...editor] };
}

/**
 * Finds the limit of this month that a run of `expected` USD would exceed. Throws UserError when a limit is
 * set and the ledger cannot be read.
 */
export async function findMonthProblem(
  record: SpendingRecord,
  { root, settings }: SpendingProject,
  expected: number | null,
): Promise<ExceededLimit | null> {
  const limits = listMonthLimits(settings, record.limits);
  if (limits.length === 0) return null;
  const totals = await readTotals(record.ledger, root, limits);
  return findExceededLimit(limits, totals, expected);
}

/** Money that is set aside for calls of models; what they cost replaces it at the end. */
export class SpendingBooking {
  readonly #ledger: SpendingLedger;
  /** Null when nothing could be recorded, and no limit needs it. */
  readonly #entry: LedgerEntry | null;
  readonly #rest: number | null;
  #spent = 0;
  #isWhole = true;

  private constructor(ledger: SpendingLedger, entry: LedgerEntry | null, rest: number | null) {
    this.#ledger = ledger;
    this.#entry = entry;
    this.#rest = rest;
  }

  /**
   * Sets the expected cost aside (USD; null = unknown). Throws UserError when that exceeds a limit of the
   * month, also because another process was faster, and when a limit is set and nothing can be recorded.
   */
  static async open(
    { ledger, limits: ofUser }: SpendingRecord,
    { root, settings }: SpendingProject,
    what: Spender['what'],
    expected: number | null,
  ): Promise<SpendingBooking> {
    const limits = listMonthLimits(settings, ofUser);
    const now = new Date();
    const entry = await ledger.reserve({ root, what }, expected ?? 0, now).catch((error: Error) => {
      if (limits.length > 0) throw createLedgerError(error, limits);
      return null;
    });
    if (entry === null || limits.length === 0) return new SpendingBooking(ledger, entry, null);
    const totals = await readTotals(ledger, root, limits, entry);
    const exceeded = findExceededLimit(limits, totals, expected);
    if (!exceeded) return new SpendingBooking(ledger, entry, findRest(limits, totals));
    await ledger.settle(entry, 0, true, now).catch(() => {});
    throw new UserError(`${describeExceededLimit(exceeded, expected)}.`);
  }

  /** USD that may still be spent; null without a limit. */
  get rest(): number | null {
    return this.#rest === null ? null : Math.max(0, this.#rest - this.#spent);
  }

  /** Counts a call; `cost` in USD, null = unknown. */
  add(cost: number | null): void {
    if (cost === null) this.#isWhole = false;
    else this.#spent += cost;
  }

  /** Counts what a run has spent, calls that broke off or were cancelled included. */
  addRun({ spent, isWhole }: Pick<Spending, 'spent' | 'isWhole'>): void {
    this.#spent += spent;
    this.#isWhole &&= isWhole;
  }

  /** Records what was spent. Does not reject: the calls are made already, and what was set aside stands. */
  async close(): Promise<void> {
    if (!this.#entry) return;
    const now = new Date();
    await this.#ledger.settle(this.#entry, this.#spent, this.#isWhole, now).catch(() => {});
  }
}

async function readTotals(
  ledger: SpendingLedger,
  root: string,
  limits: readonly MonthLimit[],
  without?: LedgerEntry,
): Promise<MonthTotals> {
  return await ledger.sumMonth(root, new Date(), without).catch((error: Error) => {
    throw createLedgerError(error, limits);
  });
}

function createLedgerError({ message }: Error, [limit]: readonly MonthLimit[]): UserError {
  return new UserError(
    `what this month has cost cannot be recorded, and ${limit?.source} needs it: ${message}.`,
  );
}
