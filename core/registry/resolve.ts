import { formatPointer, type Reference } from './reference.ts';
import type { LabelState, Registry, VersionRecord } from './registry.ts';
import { RegistryError } from './registry.ts';
import { latestVersion } from './semver.ts';

/** The last move of each label. */
export function findCurrentLabels(moves: readonly LabelState[]): LabelState[] {
  const last = new Map<string, LabelState>();
  for (const move of moves) {
    if ((last.get(move.label)?.n ?? 0) < move.n) last.set(move.label, move);
  }
  return [...last.values()];
}

/** Finds the version that a reference names. Rejects with RegistryError (`missing`) when it does not exist. */
export async function resolveReference(
  registry: Registry,
  { name, pointer }: Reference,
): Promise<VersionRecord> {
  const versions = await registry.versions(name);
  if (versions.length === 0)
    throw new RegistryError('missing', `${name} is not in the registry ${registry.address}`);
  const find = (version: string | null | undefined) =>
    versions.find((record) => record.version === version);
  switch (pointer.kind) {
    case 'version':
      return found(find(pointer.version), name, pointer.version);
    case 'latest':
      return found(find(latestVersion(versions.map(({ version }) => version))), name, 'latest');
    case 'hash': {
      const matches = versions.filter(({ hashes }) => hashes.content.startsWith(pointer.hash));
      return found(matches[0], name, formatPointer(pointer));
    }
    case 'label': {
      const moves = await registry.moves(name);
      const state = findCurrentLabels(moves).find(({ label }) => label === pointer.label);
      if (!state)
        throw new RegistryError('missing', `${name} has no label ${pointer.label}${known(moves)}`);
      return found(find(state.version), name, state.version);
    }
    default:
      return pointer satisfies never;
  }
}

function found(record: VersionRecord | undefined, name: string, which: string): VersionRecord {
  if (record) return record;
  throw new RegistryError(
    'missing',
    `${name} has no version ${which}: run \`promptsmith log ${name}\` for its versions`,
  );
}

function known(moves: readonly LabelState[]): string {
  const labels = findCurrentLabels(moves).map(({ label }) => label);
  return labels.length === 0 ? '' : `: it has ${labels.join(', ')}`;
}
