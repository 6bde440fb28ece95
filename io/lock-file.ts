import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that wrote a lock file, as the file says in JSON. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** When it began: numbers of processes come again, in containers the same ones. */
  readonly since: number;
}

/** This process as the owner of a lock. */
export function identifyProcess(): LockOwner {
  return { pid: process.pid, host: hostname(), since: Math.round(performance.timeOrigin) };
}

/** The owner that a lock file names; null for a text that was cut off while it was written. */
export function parseLockOwner(text: string): LockOwner | null {
  try {
    return JSON.parse(text) as LockOwner;
  } catch {
    return null;
  }
}

/** False for an owner that has ended. One on another machine may be alive: nobody here can tell. */
export function mayBeAlive({ pid, host, since }: LockOwner): boolean {
  const own = identifyProcess();
  if (host !== own.host) return true;
  return pid === own.pid ? since === own.since : isProcessAlive(pid);
}

/** Removes a lock that is left over, and no other that was put in its place meanwhile. */
export function removeLeftLock(path: string, left: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readLock(aside) !== left) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** The text of a lock file; null when there is none. */
export function readLock(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whether a process runs on this machine, also one of another user. */
function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
