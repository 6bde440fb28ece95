import { type LabelState, RegistryError } from '#core/registry/registry.ts';

/** The version exists: versions are never changed. */
export function createVersionExistsError(name: string, version: string): RegistryError {
  return new RegistryError('conflict', `${name}@${version} is published already`);
}

/** The latest version is not the one that this was made from. */
export function createConcurrentError(
  name: string,
  latest: string | null,
  parent: string | null,
): RegistryError {
  if (latest === null)
    return new RegistryError('conflict', `${name} has no version ${parent} to start from`);
  const made = parent === null ? 'a first version' : `made from ${parent}`;
  return new RegistryError(
    'conflict',
    `someone published ${name}@${latest} meanwhile, and this is ${made}: look at the difference, then publish again`,
  );
}

/** Somebody else moved the label, or it was never there. */
export function createLabelMovedError(
  name: string,
  label: string,
  now: LabelState | null,
): RegistryError {
  return new RegistryError(
    'conflict',
    now === null
      ? `${label} of ${name} points to nothing yet`
      : `${now.by} moved ${label} of ${name} to ${now.version} meanwhile: look at it, then try again`,
  );
}
