import { type RegisteredPrompt, RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import type { RegistrySession } from './session.ts';

/** Many at once are read faster all together. */
const MAX_SINGLE_READS = 50;

/** What the registry has of these names now, null being all; those that are gone are left out. */
export async function readChangedPrompts(
  { registry }: RegistrySession,
  names: ReadonlySet<string> | null,
): Promise<readonly RegisteredPrompt[]> {
  if (names === null) return await registry.list();
  if (names.size > MAX_SINGLE_READS)
    return (await registry.list()).filter(({ name }) => names.has(name));
  const found: RegisteredPrompt[] = [];
  for (const name of names) {
    try {
      const versions = await registry.versions(name);
      const labels = findCurrentLabels(await registry.moves(name));
      if (versions.length > 0) found.push({ name, labels });
    } catch (error) {
      if (!isSinglePromptError(error)) throw error;
      found.push({ name, labels: [], problem: error.message });
    }
  }
  return found;
}

/** True when one prompt cannot be read, and the others can. */
export function isSinglePromptError(error: unknown): error is RegistryError {
  return error instanceof RegistryError && ['corrupt', 'newer', 'invalid'].includes(error.kind);
}
