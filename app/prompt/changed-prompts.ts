import { dirname, resolve } from 'node:path';
import { computeHashes } from '#core/eval/hashes.ts';
import type { Row } from '#core/prompt/document.ts';
import { UserError } from '#core/user-error.ts';
import { readTextFile } from '#io/files.ts';
import { isRevision, readFileAtRevision } from '#io/git.ts';
import { openInput, type PromptFile } from './open-input.ts';
import { readPromptAtRevision } from './prompt-at-revision.ts';
import { collectRows, type PromptInput } from './prompt-input.ts';

/**
 * Finds the prompts whose values or test files differ from those at a git revision, including new ones.
 * Comments and layout have no effect. Throws UserError when git does not know the revision.
 */
export async function findChangedPrompts(
  inputs: readonly PromptInput[],
  revision: string,
): Promise<PromptInput[]> {
  const changed: PromptInput[] = [];
  for (const input of inputs) if (await isChanged(input, revision)) changed.push(input);
  return changed;
}

/** Whether a prompt or one of its test files differs from HEAD. Throws UserError without a HEAD. */
export async function differsFromHead(prompt: PromptFile): Promise<boolean> {
  return await isChanged(await openInput(prompt), 'HEAD');
}

async function isChanged(input: PromptInput, revision: string): Promise<boolean> {
  const { file, prompt, path, project } = input;
  if (file === null) throw new UserError('standard input has no revision: pass a file.');
  const before = await readPromptAtRevision(file, revision);
  if ('error' in before) {
    if (await isRevision(dirname(file), revision)) return true;
    throw new UserError(`${path}: ${before.error}.`);
  }
  if (computeHashes(prompt).content !== computeHashes(before.document).content) return true;
  // A pattern may have matched a file that no longer exists.
  const tests = new Set([
    ...testFiles(collectRows(input), project.root),
    ...testFiles(before.rows, dirname(file)),
  ]);
  for (const test of tests) if (await differs(test, revision)) return true;
  return false;
}

function testFiles(rows: readonly Row[], folder: string): string[] {
  return rows.flatMap((row) => (row.file === undefined ? [] : [resolve(folder, row.file)]));
}

async function differs(file: string, revision: string): Promise<boolean> {
  const [before, now] = [await readFileAtRevision(file, revision), await readTextFile(file)];
  if ('error' in before || 'error' in now) return true;
  return before.text.replace(/^\ufeff/, '') !== now.text.replace(/^\ufeff/, '');
}
