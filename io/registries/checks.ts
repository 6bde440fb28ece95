import { findLabelProblem, findNameProblem } from '#core/registry/names.ts';
import { RegistryError } from '#core/registry/registry.ts';
import { parseVersion } from '#core/registry/semver.ts';

/** Throws RegistryError (`invalid`) for what is not a name of a prompt. */
export function checkName(name: string): void {
  const problem = findNameProblem(name);
  if (problem !== null) throw new RegistryError('invalid', `${name}: ${problem}`);
}

/** Throws RegistryError (`invalid`) for what is not a version. */
export function checkVersion(version: string): void {
  if (!parseVersion(version))
    throw new RegistryError('invalid', `"${version}" is not a version such as 1.4.0`);
}

/** Throws RegistryError (`invalid`) for what is not a label. */
export function checkLabel(label: string): void {
  const problem = findLabelProblem(label);
  if (problem !== null) throw new RegistryError('invalid', problem);
}
