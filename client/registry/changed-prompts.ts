import { type RegisteredPrompt, RegistryError } from '#core/registry/registry.ts';
import { findCurrentLabels } from '#core/registry/resolve.ts';
import type { RegistrySession } from './session.ts';

/** More prompts are read faster all together. */
const MAX_SINGLE_READS = 50;

/** Reads prompts by name; null: all. Prompts that have been removed are left out. */
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

/** Whether an error concerns a single prompt, so that others can be read. */
export function isSinglePromptError(error: unknown): error is RegistryError {
  return error instanceof RegistryError && ['corrupt', 'newer', 'invalid'].includes(error.kind);
}
