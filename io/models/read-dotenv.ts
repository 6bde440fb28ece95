import { join } from 'node:path';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '../files.ts';
import { parseDotenv } from './keys.ts';

/**
 * Reads the variables of a project's `.env`; none where it cannot be read. Throws UserError when it is
 * not UTF-8 (`>` of Windows PowerShell writes UTF-16): its keys would seem to be missing.
 */
export async function readDotenv(root: string): Promise<ReadonlyMap<string, string>> {
  const file = await readTextFile(join(root, '.env'));
  if ('text' in file) return parseDotenv(file.text);
  if (file.error.kind === 'not-utf8') throw new UserError(file.error.message);
  return new Map();
}
