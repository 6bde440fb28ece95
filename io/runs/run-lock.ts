import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  identifyProcess,
  type LockOwner,
  mayBeAlive,
  parseLockOwner,
  readLock,
  removeLeftLock,
} from '../lock-file.ts';

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
    const left = readLock(path);
    const holder = left === null ? null : findHolder(left);
    if (holder !== null || again) throw new Error(describeHolder(runId, holder, path));
    if (left !== null) removeLeftLock(path, left);
  }
}

/** Why a run may not be touched now, as one sentence; null when nobody writes it. */
export function findLockProblem(folder: string, runId: string): string | null {
  const path = join(folder, LOCK);
  const left = readLock(path);
  const holder = left === null ? null : findHolder(left);
  return holder === null ? null : describeHolder(runId, holder, path);
}

function findHolder(text: string): LockOwner | null {
  const owner = parseLockOwner(text);
  return owner !== null && mayBeAlive(owner) ? owner : null;
}

function describeHolder(runId: string, holder: LockOwner | null, path: string): string {
  const who = holder === null ? 'another process' : `process ${holder.pid} on ${holder.host}`;
  return `run ${runId} is being written by ${who}: wait until it ends, or stop it. If that is not Promptsmith, delete ${path}`;
}
