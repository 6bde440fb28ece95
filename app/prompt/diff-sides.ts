import { join, resolve } from 'node:path';
import { computeHashes } from '#core/eval/hashes.ts';
import { openBundle } from '#core/registry/bundle.ts';
import { parseReference, type Reference } from '#core/registry/reference.ts';
import type { Registry } from '#core/registry/registry.ts';
import { findCurrentLabels, resolveReference } from '#core/registry/resolve.ts';
import { UserError } from '#core/user-error.ts';
import { isRevision } from '#io/git.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { readRuns, readRunsOfText } from '../registry/version-runs.ts';
import type { Project } from './project.ts';
import { listPromptsAtRevision, readPromptAtRevision } from './prompt-at-revision.ts';
import type { DiffSide } from './prompt-diff.ts';
import { collectRows, type PromptInput, promptIdOf } from './prompt-input.ts';

/** An operand of `diff`. */
export type DiffOperand =
  | { readonly kind: 'file'; readonly input: PromptInput }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'revision'; readonly revision: string };

/** Reads an operand: a reference if it contains an `@`, else a file, else a git revision. Throws UserError. */
export async function readOperand(
  text: string,
  cwd: string,
  readFile: (path: string) => Promise<PromptInput | null>,
): Promise<DiffOperand> {
  if (text.includes('@') && !text.includes('@{')) {
    const reference = parseReference(text);
    if ('error' in reference) throw new UserError(`${text}: ${reference.error}.`);
    return { kind: 'reference', reference };
  }
  const input = await readFile(resolve(cwd, text));
  if (input) return { kind: 'file', input };
  if (await isRevision(cwd, text)) return { kind: 'revision', revision: text };
  throw new UserError(
    `${text} is not a prompt file, a reference such as name@production, or a git revision of this repository.`,
  );
}

/** Loads the version that a reference names. Rejects with RegistryError. */
export async function loadPublishedSide(
  registry: Registry,
  reference: Reference,
  project: Project,
): Promise<DiffSide> {
  const { name } = reference;
  const record = await resolveReference(registry, reference);
  const opened = openBundle(await registry.bundle(name, record.version));
  const labels = findCurrentLabels(await registry.moves(name))
    .filter(({ version }) => version === record.version)
    .map(({ label }) => label);
  const called = labels.length === 0 ? '' : ` (${labels.join(', ')})`;
  return {
    ...opened,
    title: `${name}@${record.version}${called}`,
    hashes: record.hashes,
    runs: (await readRuns(registry, name, record, project)).runs,
  };
}

/** Loads the working copy of a prompt, with the runs that the project has stored for it. */
export async function loadFileSide(input: PromptInput): Promise<DiffSide> {
  const rows = collectRows(input);
  const { prompt: document, project, settings } = input;
  const hashes = computeHashes(document, rows, settings.eval.judge ?? null);
  const content = { document, rows, hashes };
  const runs = await readRunsOfText(openRunStore(project.root), promptIdOf(input), content);
  return { ...content, title: input.path, runs };
}

/** Loads both sides of every prompt below a folder at two revisions; null where it does not exist. */
export async function loadRevisionSides(
  folder: string,
  from: string,
  to: string,
): Promise<
  { readonly path: string; readonly from: DiffSide | null; readonly to: DiffSide | null }[]
> {
  const paths = new Set([
    ...(await listPromptsAtRevision(folder, from)),
    ...(await listPromptsAtRevision(folder, to)),
  ]);
  const pairs = [];
  for (const path of [...paths].sort()) {
    const file = join(folder, path);
    const sides = [
      await loadSideAtRevision(file, path, from),
      await loadSideAtRevision(file, path, to),
    ] as const;
    pairs.push({ path, from: sides[0], to: sides[1] });
  }
  return pairs;
}

/**
 * Loads a file as it was at a revision; null when it did not exist. `input` is the file of the working copy:
 * its project may have stored runs of the older text.
 */
export async function loadSideAtRevision(
  file: string,
  path: string,
  revision: string,
  input: PromptInput | null = null,
): Promise<DiffSide | null> {
  const found = await readPromptAtRevision(file, revision);
  if ('error' in found) return null;
  const { document, rows } = found;
  const hashes = computeHashes(document, rows, input?.settings.eval.judge ?? null);
  const content = { document, rows, hashes };
  const runs = input
    ? await readRunsOfText(openRunStore(input.project.root), promptIdOf(input), content)
    : [];
  return { ...content, title: `${path} at ${revision}`, runs };
}
