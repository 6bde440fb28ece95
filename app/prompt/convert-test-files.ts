import { dirname, posix } from 'node:path';
import { convertFile } from '#io/convert-file.ts';
import { pathFrom } from './project.ts';
import { type PromptInput, withTests } from './prompt-input.ts';

/**
 * Converts the prompt's test files to UTF-8: those whose encoding is certain, or with `all` those whose encoding
 * is a good guess, too. Resolves to the prompt with the rows it has then.
 */
export async function convertTestFiles(
  input: PromptInput,
  fix: 'safe' | 'all',
): Promise<{ readonly input: PromptInput; readonly converted: readonly string[] }> {
  const converted: string[] = [];
  for (const { kind, path } of input.tests.problems) {
    if (kind !== 'not-utf8' || path === undefined) continue;
    const isDone = await convertFile(path, { guesses: fix === 'all' });
    // As the prompt's own path: from the working folder.
    const between = pathFrom(dirname(input.file ?? path), path);
    if (isDone) converted.push(posix.join(posix.dirname(input.path), between));
  }
  return { input: converted.length === 0 ? input : await withTests(input), converted };
}
