import type { Consent } from '#io/models/keys.ts';
import type { ApiKeys } from './api-keys.ts';

/** The values that the user has entered for the variables of a registry's address; values that the environment sets are left out. */
export async function readRegistrySecrets(
  keys: ApiKeys,
  place: Consent,
): Promise<Record<string, string>> {
  const stored = await keys.readAll();
  const values: Record<string, string> = {};
  for (const name of place.key.split(',')) {
    const value = stored.get(formatSecretKey(place, name));
    if (value !== undefined && !process.env[name]) values[name] = value;
  }
  return values;
}

/** The name under which a variable's value is stored, bound to one origin. */
export function formatSecretKey({ origin }: Consent, name: string): string {
  return `${origin}#${name}`;
}
