import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sha256Hex } from '#core/hash.ts';
import { makeFolder } from './make-folder.ts';

/** Who spends: the root of a project, and what it does. */
export interface Spender {
  readonly root: string;
  readonly what: 'eval' | 'playground';
}

/** Money that is set aside in a month until its actual amount is known. */
export interface LedgerEntry {
  readonly path: string;
  readonly id: string;
  readonly spender: Spender;
  /** USD. */
  readonly reserved: number;
}

/** One line. The last line of an id holds. */
interface Line {
  readonly v: 1;
  readonly id: string;
  readonly at: string;
  /** The first 16 hex digits of the SHA-256 of the project's root. */
  readonly project: string;
  readonly what: Spender['what'];
  /** Null until it is known. */
  readonly usd: number | null;
  readonly reserved: number;
}

/** What a month has cost so far, USD. */
export interface MonthTotals {
  /** In this project. */
  readonly project: number;
  /** In all projects of the user. */
  readonly user: number;
}

/**
 * What the user's calls of models have cost, one file for each month (UTC), beside no project. Lines are only
 * ever appended, so that several processes can write it at once; it holds no text of prompts and no paths.
 */
export class SpendingLedger {
  readonly #folder: string;

  /** `folder` is made when something is first recorded. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Sets USD aside. Rejects with the system's error when it cannot be recorded. */
  async reserve(spender: Spender, reserved: number, now: Date): Promise<LedgerEntry> {
    const path = this.#pathOf(now);
    const entry = { path, id: randomBytes(8).toString('hex'), spender, reserved };
    await append(entry, null, reserved, now);
    return entry;
  }

  /**
   * Replaces what was set aside by what was spent, in the month that it was set aside in. `isWhole` is false
   * when some calls have an unknown cost: the larger of the two then counts.
   */
  async settle(entry: LedgerEntry, spent: number, isWhole: boolean, now: Date): Promise<void> {
    const reserved = isWhole ? entry.reserved : Math.max(entry.reserved, spent);
    await append(entry, isWhole ? spent : null, reserved, now);
  }

  /** The totals of the month of `now`, without one entry. A line that cannot be read is passed over. */
  async sumMonth(root: string, now: Date, without?: LedgerEntry): Promise<MonthTotals> {
    const own = hashRoot(root);
    const totals = { project: 0, user: 0 };
    for (const { id, project, usd, reserved } of (await readLines(this.#pathOf(now))).values()) {
      if (id === without?.id) continue;
      const amount = usd ?? reserved;
      totals.user += amount;
      if (project === own) totals.project += amount;
    }
    return totals;
  }

  #pathOf(now: Date): string {
    return join(this.#folder, `spending-${now.toISOString().slice(0, 7)}.jsonl`);
  }
}

async function append(
  { path, id, spender: { root, what } }: LedgerEntry,
  usd: number | null,
  reserved: number,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const line: Line = { v: 1, id, at, project: hashRoot(root), what, usd, reserved };
  // Where it cannot be made, opening the file says why.
  makeFolder(dirname(path), 0o700);
  const file = await open(path, 'a', 0o600);
  try {
    // A line that a crash has cut off must not swallow the next one.
    await file.appendFile(`\n${JSON.stringify(line)}\n`, 'utf8');
  } finally {
    await file.close();
  }
}

/** The last line of each id, in the order of the file. */
async function readLines(path: string): Promise<Map<string, Line>> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = new Map<string, Line>();
  for (const one of text.split('\n')) {
    const line = parseLine(one);
    if (line) lines.set(line.id, line);
  }
  return lines;
}

function parseLine(text: string): Line | null {
  if (text === '') return null;
  try {
    const line = JSON.parse(text) as Line | null;
    const isLine =
      typeof line?.id === 'string' &&
      typeof line.project === 'string' &&
      isAmount(line.reserved) &&
      (line.usd === null || isAmount(line.usd));
    return isLine ? line : null;
  } catch {
    return null;
  }
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function hashRoot(root: string): string {
  // Windows compares paths without case, and programs spell drives both ways.
  return sha256Hex(process.platform === 'win32' ? root.toLowerCase() : root).slice(0, 16);
}
