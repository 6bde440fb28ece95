import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files that are being written have such names; readers pass them over. */
export const TEMPORARY = '.tmp-';

export interface WriteOptions {
  /** Waits until the file is on the disk (default); without it, a crash of the machine may lose the file. */
  readonly isDurable?: boolean;
}

/**
 * Writes a text as UTF-8, whole or not at all: to a temporary file beside the target, which then gets its
 * name. Keeps the permissions of a file that it replaces; makes missing folders. Rejects
 * with the system's error.
 */
export async function writeTextFile(
  path: string,
  text: string,
  { isDurable = true }: WriteOptions = {},
): Promise<void> {
  const place = async (temporary: string) => {
    const old = await stat(path).catch(() => null);
    if (old) await chmod(temporary, old.mode);
    await rename(temporary, path);
  };
  await writeBeside(path, text, { isDurable, place });
}

/**
 * Writes a file that must not exist yet, as whole as `writeTextFile` does; of several writers one wins.
 * Resolves to false when it exists already.
 */
export async function createTextFile(path: string, text: string): Promise<boolean> {
  const place = async (temporary: string) => {
    try {
      await link(temporary, path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  };
  return await writeBeside(path, text, { isDurable: true, place });
}

async function writeBeside<T>(
  path: string,
  text: string,
  { isDurable, place }: WriteOptions & { place(temporary: string): Promise<T> },
): Promise<T> {
  const folder = dirname(path);
  const temporary = join(folder, `${TEMPORARY}${process.pid}-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      if (isDurable) await file.sync();
    } finally {
      await file.close();
    }
    const placed = await place(temporary);
    if (isDurable) await syncFolder(folder);
    return placed;
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
