import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compileIgnore, findPromptFiles } from '#io/files.ts';
import { loadFileSide, loadSideAtRevision } from './diff-sides.ts';
import { Projects, pathFrom } from './project.ts';
import { listPromptsAtRevision } from './prompt-at-revision.ts';
import type { DiffSide } from './prompt-diff.ts';
import { readPromptInput } from './prompt-input.ts';

/** A prompt at a revision and in the working copy; null where it does not exist. */
export interface WorkingCopyPair {
  readonly path: string;
  readonly from: DiffSide | null;
  readonly to: DiffSide | null;
}

/**
 * Loads every prompt below a folder that may differ between a revision and the working copy, new and deleted
 * ones included; committed or not makes no difference. Throws UserError when a file cannot be read.
 */
export async function loadWorkingCopySides(
  folder: string,
  revision: string,
): Promise<WorkingCopyPair[]> {
  const projects = new Projects(folder);
  const { root, settings } = await projects.find(resolve(folder, 'any'));
  const paths = new Set(await listPromptsAtRevision(folder, revision));
  for await (const file of findPromptFiles([folder], compileIgnore(root, settings.ignore)))
    paths.add(pathFrom(folder, file));
  const pairs: WorkingCopyPair[] = [];
  for (const path of [...paths].sort()) {
    const file = join(folder, path);
    const input = (await isFile(file)) ? await readPromptInput(file, folder, projects) : null;
    const from = await loadSideAtRevision(file, path, revision, input);
    const isSame =
      input?.prompt.text === from?.document.text && input?.prompt.testFiles.length === 0;
    if (!isSame) pairs.push({ path, from, to: input && (await loadFileSide(input)) });
  }
  return pairs;
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
