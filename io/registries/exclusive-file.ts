import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RegistryError } from '#core/registry/registry.ts';
import {
  identifyProcess,
  mayBeAlive,
  parseLockOwner,
  readLock,
  removeLeftLock,
} from '../lock-file.ts';
import { createTextFile, writeTextFile } from '../write-file.ts';

/** Writes a file that must not exist yet, whole; false when it exists already. Rejects with RegistryError. */
export async function createFile(path: string, text: string): Promise<boolean> {
  try {
    return await createTextFile(path, text);
  } catch (error) {
    throw createSystemError(error, path);
  }
}

/** Writes a file, whole or not at all, in place of one that may be there. Rejects with RegistryError. */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    await writeTextFile(path, text);
  } catch (error) {
    throw createSystemError(error, path);
  }
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
  const own = JSON.stringify({ ...identifyProcess(), key: randomBytes(8).toString('hex') });
  await mkdir(dirname(path), { recursive: true });
  const started = performance.now();
  while (!(await createFile(path, own))) {
    await breakStale(path);
    if (performance.now() - started > patience)
      throw new RegistryError('busy', `${path} is locked by another process: try again`);
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
  const text = readLock(path);
  if (text !== null && (await isStale(path, text))) removeLeftLock(path, text);
}

async function isStale(path: string, text: string): Promise<boolean> {
  const owner = parseLockOwner(text);
  if (owner !== null && !mayBeAlive(owner)) return true;
  // An owner on another machine, or one that nobody can read, cannot be asked: the age decides.
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > STALE_MS;
}

/** A system's error as one sentence with what to do. */
export function createSystemError(error: unknown, path: string): RegistryError {
  if (error instanceof RegistryError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new RegistryError(
        'full',
        `${path} could not be written because the disk is full: nothing was changed`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new RegistryError('denied', `no permission to read or write ${path}: ${message}`);
    case 'ENOTSUP':
    case 'ENOSYS':
      return new RegistryError(
        'invalid',
        `${path} is on a file system without hard links, which a registry requires: use another folder or PostgreSQL`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new RegistryError('invalid', `${path} is a file where a folder is needed`);
    default:
      return new RegistryError('unreachable', `${path} could not be used: ${message}`);
  }
}
