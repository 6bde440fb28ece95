import type { RegisteredPrompt } from '#core/registry/registry.ts';
import { currentLabels } from '#core/registry/resolve.ts';
import type { RegistrySession } from './session.ts';

/** Many at once are read faster all together. */
const ONE_BY_ONE = 50;

/** What the registry has of these names now; those that are gone are left out. */
export async function changedPrompts(
  { registry }: RegistrySession,
  names: readonly string[],
): Promise<readonly RegisteredPrompt[]> {
  if (names.length > ONE_BY_ONE) {
    const wanted = new Set(names);
    return (await registry.list()).filter(({ name }) => wanted.has(name));
  }
  const found: RegisteredPrompt[] = [];
  for (const name of names) {
    const versions = await registry.versions(name);
    const labels = currentLabels(await registry.moves(name));
    if (versions.length > 0) found.push({ name, labels });
  }
  return found;
}
