import { dirname, join } from 'node:path';
import { readTestFile } from '#core/eval/plan/test-file.ts';
import { matchesGlob } from '#core/glob.ts';
import type { Row } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { ComparedPrompt } from '#core/registry/change.ts';
import { isPromptFile } from '#io/files.ts';
import { listFilesAtRevision, readFileAtRevision } from '#io/git.ts';
import { MAX_TEST_ROWS } from '#io/test-files.ts';

/** Lists the prompt files below a folder at a git revision, as paths relative to it. */
export async function listPromptsAtRevision(folder: string, revision: string): Promise<string[]> {
  return (await listFilesAtRevision(folder, revision)).filter(isPromptFile);
}

/**
 * Reads a prompt as it was at a git revision, with the test files of its folder at that revision; `error`
 * says in one clause why it cannot be read.
 */
export async function readPromptAtRevision(
  file: string,
  revision: string,
): Promise<ComparedPrompt | { readonly error: string }> {
  const read = await readFileAtRevision(file, revision);
  if ('error' in read) return read;
  const document = parsePrompt(read.text);
  const rows: Row[] = [...document.rows];
  if (document.testFiles.length > 0) {
    const folder = dirname(file);
    const names = document.messages.flatMap(
      ({ content }) => content?.placeholders.map(({ name }) => name) ?? [],
    );
    const files = await listFilesAtRevision(folder, revision);
    for (const { pattern } of document.testFiles) {
      const glob = `/${pattern.trim().replace(/^(?:\.\/)+/, '')}`;
      for (const path of files.filter((one) => matchesGlob(one, [glob]))) {
        const test = await readFileAtRevision(join(folder, path), revision);
        if ('error' in test) return { error: `its test file ${path}: ${test.error}` };
        const options = {
          placeholders: new Set(names),
          firstIndex: rows.length,
          maxRows: MAX_TEST_ROWS,
        };
        for (const row of readTestFile(path, test.text, options).rows) rows.push(row);
      }
    }
  }
  return { document, rows };
}
