import {
  access,
  mkdir,
  open,
  readdir,
  readFile,
  rm,
  rmdir,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { isHeader, isSummary } from '#core/eval/report/is-summary.ts';
import { Report } from '#core/eval/report/report.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { upgradeSummary } from '#core/eval/report/upgrade-summary.ts';
import type { RunEvent, RunHeader } from '#core/eval/run-event.ts';
import { getDataFolder } from '../data-folder.ts';
import { readLines } from './read-lines.ts';
import { findLockProblem, lockRun } from './run-lock.ts';
import { EVENTS, openRun, type RunWriter, SUMMARY, writeSummary } from './run-writer.ts';

/** A stored run as a list shows it. */
export interface StoredRun {
  readonly promptId: string;
  readonly id: string;
  /** Null when the run was cut off before it had one, or when it cannot be read. */
  readonly summary: Summary | null;
  /** Why it cannot be read. */
  readonly error?: string;
}

/** The runs of the project with this root. */
export function openRunStore(root: string): RunStore {
  return new RunStore(getDataFolder(root));
}

/**
 * The runs of a project under `<folder>/runs`, `folder` being `.promptsmith` of the project root. One JSON
 * line per event, only ever appended.
 */
export class RunStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Begins a run, and holds it until the writer closes. Rejects when it exists already. */
  async create({ promptId, id }: Pick<RunHeader, 'promptId' | 'id'>): Promise<RunWriter> {
    const path = this.#path(promptId, id);
    await mkdir(join(path, '..'), { recursive: true });
    await this.#ignore();
    await mkdir(path);
    return openRun(path, lockRun(path, id));
  }

  /**
   * Goes on with a run; a last line that was cut off is removed. Rejects with one sentence while another
   * process writes it.
   */
  async reopen(promptId: string, id: string): Promise<RunWriter> {
    const path = this.#path(promptId, id);
    const lock = lockRun(path, id);
    try {
      const events = join(path, EVENTS);
      await truncate(events, await wholeLength(events));
      return openRun(path, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Why a run may not be touched now (another process writes it), as one sentence; else null. */
  heldBy(promptId: string, id: string): string | null {
    return findLockProblem(this.#path(promptId, id), id);
  }

  /** The stored runs of a prompt, or of all prompts, newest first. Reads only summaries. */
  async list(promptId?: string): Promise<StoredRun[]> {
    // A folder with another name is not ours.
    const all = promptId === undefined ? (await listNames(this.#runs())).filter(isFolderName) : [];
    const prompts = promptId === undefined ? all : [folderName(promptId)];
    const runs: StoredRun[] = [];
    for (const prompt of prompts) {
      for (const id of await listNames(join(this.#runs(), prompt))) {
        if (RUN_ID.test(id)) runs.push(await this.#stored(prompt.replaceAll('~', '/'), id));
      }
    }
    return runs.sort((a, b) => (getStart(a) < getStart(b) ? 1 : -1));
  }

  /** The summaries of a prompt's newest runs, at most so many; what has none or cannot be read is left out. */
  async newest(promptId: string, count: number): Promise<Summary[]> {
    const ids = (await listNames(join(this.#runs(), folderName(promptId)))).filter((id) =>
      RUN_ID.test(id),
    );
    const found: Summary[] = [];
    for (const id of ids.sort().reverse()) {
      const { summary } = await this.#stored(promptId, id);
      if (summary) found.push(summary);
      if (found.length === count) break;
    }
    return found;
  }

  /**
   * The events of a run, read line by line. A cut last line is ignored; any other broken line, and a run
   * of a newer version, throws one sentence.
   */
  async *events(promptId: string, id: string): AsyncGenerator<RunEvent> {
    const path = join(this.#path(promptId, id), EVENTS);
    await access(path).catch(() => {
      throw new Error(`${promptId} has no run ${id}: ${path} is missing`);
    });
    let n = 0;
    for await (const { text, whole } of readLines(path)) {
      n++;
      if (!whole) return;
      const event = parse(text);
      if (event === null) throw new Error(`${path}, line ${n} is not a run event`);
      if (event.t === 'start' && event.v > 2) throw new Error(describeNewerVersion(path, event.v));
      yield event;
    }
  }

  /** A run in numbers, from its events. Null when it has not even begun. */
  async summarize(promptId: string, id: string): Promise<Summary | null> {
    const report = new Report();
    for await (const event of this.events(promptId, id)) report.add(event);
    return report.summary();
  }

  /**
   * Erases a run, and its prompt's folder when that was the last one. No error when it is not there;
   * rejects with one sentence while a process writes it.
   */
  async erase(promptId: string, id: string): Promise<void> {
    const held = this.heldBy(promptId, id);
    if (held !== null) throw new Error(held);
    const path = this.#path(promptId, id);
    await rm(path, { recursive: true, force: true });
    // Other runs may be in it.
    await rmdir(join(path, '..')).catch(() => {});
  }

  /** Replaces the summary of a run, with what is known of it only after its end. */
  async saveSummary(summary: Summary): Promise<void> {
    await writeSummary(this.#path(summary.run.promptId, summary.run.id), summary);
  }

  async #stored(promptId: string, id: string): Promise<StoredRun> {
    const path = join(this.#path(promptId, id), SUMMARY);
    try {
      const value = JSON.parse(await readFile(path, 'utf8')) as Summary | null;
      if (value && value.v > 2)
        return { promptId, id, summary: null, error: describeNewerVersion(path, value.v) };
      if (value?.v === 2 && isSummary(value)) return { promptId, id, summary: value };
      // Older versions counted missing answers as failed: the events are what they hold.
      const isOld = value !== null && value.v !== 2 && isHeader({ ...NO_ORIGINS, ...value.run });
      const summary = isOld ? await this.#reread(value) : await this.#recover(promptId, id);
      if (summary) return { promptId, id, summary };
      return { promptId, id, summary: null, error: `${path} is not a summary of a run` };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return { promptId, id, summary: null };
      const summary = await this.#recover(promptId, id);
      return summary
        ? { promptId, id, summary }
        : { promptId, id, summary: null, error: `${path}: ${message}` };
    }
  }

  /** The summary of a run whose file is damaged, from its events; null if these are damaged, too. */
  async #recover(promptId: string, id: string): Promise<Summary | null> {
    const summary = await this.summarize(promptId, id).catch(() => null);
    return summary && isSummary(summary) ? summary : null;
  }

  /** The summary of a run of an older version, without a verdict that counted missing answers. */
  async #reread(old: Summary): Promise<Summary> {
    const { id, promptId } = old.run;
    const events = await this.summarize(promptId, id).catch(() => null);
    const summary = events ?? upgradeSummary(old);
    const { comparison } = old as { comparison?: { errored?: Record<string, number> } };
    const isSound = comparison && !Object.values(comparison.errored ?? {}).some((n) => n > 0);
    const missing = { base: 0, candidate: 0 };
    return isSound ? { ...summary, ...{ comparison: { ...comparison, missing } } } : summary;
  }

  /** Runs may hold what nobody wants in a repository: the folder ignores itself. */
  async #ignore(): Promise<void> {
    await writeFile(join(this.#folder, '.gitignore'), '*\n', { flag: 'wx' }).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }

  #runs(): string {
    return join(this.#folder, 'runs');
  }

  #path(promptId: string, id: string): string {
    if (!RUN_ID.test(id))
      throw new Error(`"${id}" is not a run id such as 20261121T093000Z-1a2b3c`);
    return join(this.#runs(), folderName(promptId), id);
  }
}

/** Very old headers do not say where calls went. */
const NO_ORIGINS: { readonly origins?: readonly string[] } = { origins: [] };

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;

/** When a run began, or was merged: then its header tells when its first part began, which is earlier. */
function getStart({ id, summary }: StoredRun): string {
  const ms = Math.min(999, Number.parseInt(id.slice(17, 20), 16));
  const own = id.replace(/^(.{4})(..)(.{5})(..)(..)Z.*/, '$1-$2-$3:$4:$5');
  const times = [`${own}.${String(ms).padStart(3, '0')}Z`, summary?.run.at ?? ''];
  return `${times.sort()[1]} ${id}`;
}

/** A prompt's id as one folder name. */
function folderName(promptId: string): string {
  const name = promptId.replaceAll('/', '~');
  if (!isFolderName(name)) throw new Error(`"${promptId}" is not a prompt id`);
  return name;
}

function isFolderName(name: string): boolean {
  return /^[\w.~-]+$/.test(name) && !/^\.+$/.test(name);
}

/** Writes events to the store and passes them on, each only when it is written; at the end the summary. */
export async function* readStoredRuns(
  events: AsyncIterable<RunEvent>,
  writer: RunWriter,
  report: Report = new Report(),
): AsyncGenerator<RunEvent> {
  try {
    for await (const event of events) {
      writer.append(event);
      report.add(event);
      yield event;
    }
  } finally {
    await writer.close(report.summary());
  }
}

function parse(line: string): RunEvent | null {
  try {
    const event = JSON.parse(line) as RunEvent | null;
    return typeof event?.t === 'string' ? event : null;
  } catch {
    return null;
  }
}

/** The length in bytes up to and with the last line break. */
async function wholeLength(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const step = 64 * 1024;
    for (let end = size; end > 0; end -= step) {
      const start = Math.max(0, end - step);
      const { buffer } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      const at = buffer.lastIndexOf(10);
      if (at >= 0) return start + at + 1;
    }
    return 0;
  } finally {
    await file.close();
  }
}

async function listNames(path: string): Promise<string[]> {
  try {
    await access(path);
  } catch {
    return [];
  }
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function describeNewerVersion(path: string, v: number): string {
  return `${path} was written by a newer Promptsmith (v ${v}): update this one`;
}
