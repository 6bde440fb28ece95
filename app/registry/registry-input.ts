import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openBundle } from '#core/registry/bundle.ts';
import { parsePointer, parseReference, type Reference } from '#core/registry/reference.ts';
import { type AttachedEval, type Registry, RegistryError } from '#core/registry/registry.ts';
import { resolveReference } from '#core/registry/resolve.ts';
import { UserError } from '#core/user-error.ts';
import { openRegistry } from '#io/registries/address.ts';
import type { Project } from '../prompt/project.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';

/** A published version as a prompt to work on, and the runs that were attached to it. */
export interface PublishedInput {
  readonly input: PromptInput;
  readonly runs: readonly AttachedEval[];
}

export interface RegistryWorld {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly trusted?: readonly string[];
  /** Default: by the environment and the project's files. */
  openRegistry?(project: Project): Promise<Registry>;
}

/**
 * What names a version: `name@1.4.0`, or `production` alone, of `name`, when given. Null when the text is a
 * file, or cannot be either.
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
  if (isThere || text.includes('@{')) return null;
  if (text.includes('@')) {
    const reference = parseReference(text);
    return 'error' in reference ? null : reference;
  }
  if (name === null) return null;
  const pointer = parsePointer(text);
  return 'error' in pointer ? null : { name, pointer };
}

/**
 * The very prompt, cases, evaluators and settings that were published. Null when the registry does not have
 * it. Throws UserError when the registry cannot be read.
 */
export async function openPublished(
  reference: Reference,
  project: Project,
  world: RegistryWorld,
): Promise<PublishedInput | null> {
  const { root, settings } = project;
  const { env, trusted = [] } = world;
  try {
    const registry =
      (await world.openRegistry?.(project)) ??
      (await openRegistry({ root, setting: settings.registry, env, trusted }));
    try {
      const { name } = reference;
      const { version } = await resolveReference(registry, reference);
      const opened = openBundle(await registry.bundle(name, version));
      const tests = opened.rows.filter(({ file }) => file !== undefined);
      const input: PromptInput = {
        file: null,
        path: `${name}@${version}`,
        // Its runs are kept under the name it has in the registry.
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
