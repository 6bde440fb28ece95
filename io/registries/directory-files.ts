import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readLabelMove } from '#core/registry/records.ts';
import { type LabelState, RegistryError } from '#core/registry/registry.ts';
import { TEMPORARY } from '../write-file.ts';
import { createSystemError } from './exclusive-file.ts';

const LABEL_FILE = /^([1-9]\d{0,8})\.json$/;

/** The numbers of a label's moves, in order. */
export function listMoves(folder: string): number[] {
  let files: string[];
  try {
    files = readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw createSystemError(error, folder);
  }
  const numbers = files.flatMap((file) => LABEL_FILE.exec(file)?.[1] ?? []).map(Number);
  return numbers.sort((a, b) => a - b);
}

export function readMove(folder: string, label: string, n: number): LabelState {
  const path = join(folder, `${n}.json`);
  return { ...readLabelMove(readFileSync(path, 'utf8'), path), label, n };
}

/** The folders in a folder; links are not followed. */
export function listFolders(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(TEMPORARY))
      .map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw createSystemError(error, path);
  }
}

/** The names in a folder; none when it is not there. */
export async function listNames(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error) => {
    if (isMissing(error)) return [];
    throw createSystemError(error, folder);
  });
}

/** A file's text; one that is missing is missing from what names it. */
export async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error) => {
    if (isMissing(error)) throw new RegistryError('corrupt', `${path} is missing`);
    throw createSystemError(error, path);
  });
}

/** True for the error of something that is not there. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
