import { readTextFile } from './files.ts';
import { writeTextFile } from './write-file.ts';

/**
 * Converts a file to UTF-8, whole or not at all. False, and nothing is written, when it already is UTF-8, when
 * its encoding is not known, or is a guess and `guesses` is false. Rejects with the system's error.
 */
export async function convertFile(
  path: string,
  { guesses }: { readonly guesses: boolean },
): Promise<boolean> {
  const read = await readTextFile(path);
  const encoding = 'error' in read ? read.error.encoding : undefined;
  if (!encoding || encoding.converted === null) return false;
  if (!encoding.isCertain && !guesses) return false;
  await writeTextFile(path, encoding.converted);
  return true;
}
