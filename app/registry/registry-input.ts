import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBundle } from '#core/registry/bundle.ts';
import { parsePointer, parseReference, type Reference } from '#core/registry/reference.ts';
import { type AttachedEval, type Registry, RegistryError } from '#core/registry/registry.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import { UserError } from '#core/user-error.ts';
import type { Project } from '../prompt/project.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';

/** A published version as a prompt to evaluate, with the runs that are attached to it. */
export interface PublishedInput {
  readonly input: PromptInput;
  readonly runs: readonly AttachedEval[];
}

/** Opens the registry of a project. Rejects with RegistryError when that is not possible. */
export type OpenRegistry = (project: Pick<Project, 'root' | 'settings'>) => Promise<Registry>;

/**
 * Reads the reference to a version: `name@1.4.0`, or `production` alone if `name` is given. Null when the
 * text is the path of a file, or not a reference.
 */
export async function readReference(
  text: string,
  cwd: string,
  name: string | null = null,
): Promise<Reference | null> {
  const isThere = await stat(resolve(cwd, text)).then(
    () => true,
    () => false,
  );
  return isThere ? null : parseVersionReference(text, name);
}

/** The reference that a text is: `name@1.4.0`, or `production` alone if `name` is given; null for anything else. */
export function parseVersionReference(text: string, name: string | null): Reference | null {
  if (text.includes('@{')) return null;
  if (text.includes('@')) {
    const reference = parseReference(text);
    return 'error' in reference ? null : reference;
  }
  if (name === null) return null;
  const pointer = parsePointer(text);
  return 'error' in pointer ? null : { name, pointer };
}

/**
 * Opens a published version: exactly the prompt, cases, evaluators and settings that were published. Null
 * when the registry does not contain it. Throws UserError when the registry cannot be read.
 */
export async function openPublished(
  reference: Reference,
  project: Project,
  openRegistry: OpenRegistry,
): Promise<PublishedInput | null> {
  const { settings } = project;
  try {
    const registry = await openRegistry(project);
    try {
      const { name } = reference;
      const { version } = await resolveReference(registry, reference);
      const opened = openBundle(await registry.bundle(name, version));
      const tests = opened.rows.filter(({ file }) => file !== undefined);
      const input: PromptInput = {
        file: null,
        path: `${name}@${version}`,
        // Its runs are stored under its name in the registry.
        prompt: { ...opened.document, id: name },
        project,
        settings: { ...settings, eval: { ...settings.eval, ...opened.settings } },
        tests: { rows: tests, problems: [] },
      };
      return { input, runs: await registry.evals(name, version) };
    } finally {
      await registry.close();
    }
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.kind === 'missing') return null;
    throw new UserError(`${error.message}.`);
  }
}
