import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const LOCK = 'lock';

/** Held while a process writes a run, so that no second one pays for the same cases. */
export interface RunLock {
  release(): void;
}

/**
 * Locks a run's folder. Throws one sentence when another process that still lives holds it; what a
 * killed process has left is taken over. Throws the system's error when it cannot be written.
 */
export function lockRun(folder: string, runId: string): RunLock {
  const path = join(folder, LOCK);
  const own = JSON.stringify(identifyProcess());
  for (let again = false; ; again = true) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const left = read(path);
    const holder = left === null ? null : readHolder(left);
    if (holder !== null || again) throw new Error(describeHolder(runId, holder, path));
    if (left !== null) takeAway(path, left);
  }
}

/** Why a run may not be touched now, as one sentence; null when nobody writes it. */
export function findLockProblem(folder: string, runId: string): string | null {
  const path = join(folder, LOCK);
  const left = read(path);
  const holder = left === null ? null : readHolder(left);
  return holder === null ? null : describeHolder(runId, holder, path);
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When it began: numbers of processes come again, in containers the same ones. */
  readonly since: number;
}

function identifyProcess(): Holder {
  return { pid: process.pid, host: hostname(), since: Math.round(performance.timeOrigin) };
}

/** Whoever wrote a lock, while it lives; null for one that is left over. */
function readHolder(text: string): Holder | null {
  let holder: Holder;
  try {
    holder = JSON.parse(text) as Holder;
  } catch {
    // Cut off while it was written.
    return null;
  }
  const own = identifyProcess();
  if (holder.host !== own.host) return holder;
  if (holder.pid === own.pid) return holder.since === own.since ? holder : null;
  return isAlive(holder.pid) ? holder : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes a lock that is left over, and no other that was put in its place meanwhile. */
function takeAway(path: string, left: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== left) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function describeHolder(runId: string, holder: Holder | null, path: string): string {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return `run ${runId} is being written by ${who}: wait for its end, or stop it. If that is no Promptsmith, delete ${path}`;
}
