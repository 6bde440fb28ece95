import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RegistryError } from '#core/registry/registry.ts';

/** Files that are being written have such names; readers pass them over. */
export const TEMPORARY = '.tmp-';

/**
 * Writes a file that must not be there: whole and on the disk before it has its name, so that nobody ever
 * sees half of it, and of several writers one wins. False when it was there already.
 */
export async function createFile(path: string, text: string): Promise<boolean> {
  return await written(path, text, async (temporary) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/** Writes a file, whole or not at all, in place of one that may be there. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await written(path, text, async (temporary) => {
    await rename(temporary, path);
    return true;
  });
}

/**
 * Runs `action` while no other process holds the lock file at `path`. A lock whose owner is dead, or which
 * is older than a minute, does not count. Rejects with `busy` after `patience` milliseconds.
 */
export async function withLock<T>(
  path: string,
  action: () => Promise<T>,
  patience = 20_000,
): Promise<T> {
  const own = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    key: randomBytes(8).toString('hex'),
  });
  await mkdir(dirname(path), { recursive: true });
  const started = performance.now();
  while (!(await createFile(path, own))) {
    await breakStale(path);
    if (performance.now() - started > patience)
      throw new RegistryError('busy', `${path} is held by another process: try again`);
    await delay(5 + Math.random() * 20);
  }
  try {
    return await action();
  } finally {
    // Somebody may have taken it for stale.
    if ((await readFile(path, 'utf8').catch(() => '')) === own) await rm(path, { force: true });
  }
}

const STALE_MS = 60_000;

async function breakStale(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null || !(await isStale(path, text))) return;
  const aside = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
    // Another process may have broken the stale one and taken the lock in between: give it back.
    if ((await readFile(aside, 'utf8')) !== text) await link(aside, path).catch(() => {});
    await rm(aside, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

async function isStale(path: string, text: string): Promise<boolean> {
  try {
    const { pid, host } = JSON.parse(text) as { pid?: unknown; host?: unknown };
    if (host === hostname() && typeof pid === 'number' && !isAlive(pid)) return true;
  } catch {
    // What nobody can read has no owner to ask: its age decides.
  }
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > STALE_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function written(
  path: string,
  text: string,
  place: (temporary: string) => Promise<boolean>,
): Promise<boolean> {
  const folder = dirname(path);
  const temporary = join(folder, `${TEMPORARY}${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    const placed = await place(temporary);
    await syncFolder(folder);
    return placed;
  } catch (error) {
    throw systemError(error, path);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** A name lasts only when its folder does; some systems cannot sync folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** A system's error as one sentence with what to do. */
export function systemError(error: unknown, path: string): RegistryError {
  if (error instanceof RegistryError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new RegistryError(
        'full',
        `${path} could not be written, the disk is full: nothing was changed`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new RegistryError('denied', `${path} may not be written or read: ${message}`);
    case 'ENOTSUP':
    case 'ENOSYS':
      return new RegistryError(
        'invalid',
        `${path} lies on a file system without hard links, which a registry needs: use another folder, or PostgreSQL`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new RegistryError('invalid', `${path} is a file where a folder is needed`);
    default:
      return new RegistryError('unreachable', `${path} could not be used: ${message}`);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
