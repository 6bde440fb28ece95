import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Projects } from './project.ts';
import { type PromptInput, readPromptInput } from './prompt-input.ts';

/**
 * Reads the prompt file at a path that starts at `cwd`. Null when there is no file. Throws UserError when it
 * cannot be read.
 */
export async function findPrompt(path: string, cwd: string): Promise<PromptInput | null> {
  const file = resolve(cwd, path);
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile ? await readPromptInput(file, cwd, new Projects(cwd)) : null;
}
