import { RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import { UserError } from '#core/user-error.ts';
import { openRegistry, parseAddress } from '#io/registries/address.ts';
import { readReleased } from '#io/registries/snapshot.ts';
import { openInput, type PromptFile } from '../prompt/open-input.ts';
import { promptIdOf } from '../prompt/prompt-input.ts';

/** A version in the registry of a prompt's project. */
export interface PublishedVersion {
  readonly version: string;
  /** Labels that point to it. */
  readonly labels: readonly string[];
  /** `name@1.4.0`. */
  readonly spec: string;
  readonly change: string;
}

/**
 * The published versions of a prompt: those with a label, then the others, newest first; of a remote registry
 * only the version that is known without a connection. Throws UserError when the registry cannot be read.
 */
export async function listPublishedVersions(prompt: PromptFile): Promise<PublishedVersion[]> {
  const input = await openInput(prompt);
  const { root, settings } = input.project;
  const name = promptIdOf(input);
  try {
    if (parseAddress(settings.registry ?? './registry', root).kind === 'postgres') {
      const released = await readReleased(root, settings.registry, name);
      if (!released) return [];
      const { label, record } = released;
      return [toPublished(name, record, label === null ? [] : [label])];
    }
    const registry = await openRegistry({ root, setting: settings.registry, env: {} });
    const labels = findCurrentLabels(await registry.moves(name));
    const newest = [...(await registry.versions(name))].sort((a, b) => (a.at < b.at ? 1 : -1));
    const all = newest.map((record) =>
      toPublished(
        name,
        record,
        labels.flatMap(({ label, version }) => (version === record.version ? [label] : [])),
      ),
    );
    return [
      ...all.filter((one) => one.labels.length > 0),
      ...all.filter((one) => one.labels.length === 0),
    ];
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.kind === 'missing') return [];
    throw new UserError(`${error.message}.`);
  }
}

function toPublished(
  name: string,
  { version, change }: { readonly version: string; readonly change: string },
  labels: readonly string[],
): PublishedVersion {
  return { version, labels, spec: `${name}@${version}`, change };
}
