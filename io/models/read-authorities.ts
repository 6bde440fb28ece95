import { isAbsolute } from 'node:path';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '../files.ts';

/** The certificates of a file in PEM. Throws UserError when there are none. */
export async function readAuthorities(path: string): Promise<string> {
  const setting = '`promptsmith.caFile`';
  if (!isAbsolute(path)) throw new UserError(`${setting} must be an absolute path: ${path}`);
  const file = await readTextFile(path);
  if ('error' in file) throw new UserError(`${setting} cannot be read: ${file.error.message}`);
  if (!file.text.includes('-----BEGIN CERTIFICATE-----'))
    throw new UserError(`${setting} has no certificate in PEM format: ${path}`);
  return file.text;
}
