import type { Project } from '#app/prompt/project.ts';
import type { Registry } from '#core/registry/registry.ts';
import { findRegistryConsent, openRegistry } from '#io/registries/address.ts';
import type { ApiKeys } from '../keys/api-keys.ts';
import { readRegistrySecrets } from '../keys/registry-secrets.ts';

/**
 * Opens the registry of a project with the values the user entered for it and the consents the user gave.
 * Shows no dialog: rejects with RegistryError when something is missing.
 */
export async function openStoredRegistry(
  keys: ApiKeys,
  { root, settings }: Pick<Project, 'root' | 'settings'>,
): Promise<Registry> {
  const setting = settings.registry;
  const place = findRegistryConsent(setting, root);
  const values = place ? await readRegistrySecrets(keys, place) : {};
  const env = { ...values, ...process.env };
  return await openRegistry({ root, setting, env, consents: keys.consents });
}
