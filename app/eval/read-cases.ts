import { readTextFile, resolvePath } from '#io/files.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { collectRows } from '../prompt/prompt-input.ts';
import { type GoldenCase, locateCases } from './locate-cases.ts';

/** The cases of a prompt file and of its test files; the paths of these are absolute. */
export async function readCases(prompt: PromptFile): Promise<GoldenCase[]> {
  const input = await openInput(prompt);
  const rows = collectRows(input);
  const texts = new Map<string | null, string>([[null, prompt.text]]);
  for (const file of new Set(rows.flatMap((row) => row.file ?? []))) {
    const read = await readTextFile(resolvePath(input.project.root, file));
    if ('text' in read) texts.set(file, read.text);
  }
  return locateCases(rows, (file) => texts.get(file)).map((one) => ({
    ...one,
    file: one.file === null ? null : resolvePath(input.project.root, one.file),
  }));
}
