import type { Registry } from '#core/registry/registry.ts';
import { DirectoryRegistry } from '#io/registries/directory.ts';
import { PostgresRegistry } from '#io/registries/postgres.ts';

/** Opens a registry by its address, as a process of its own does. */
export async function openAddress(address: string): Promise<Registry> {
  return address.startsWith('postgres:')
    ? new PostgresRegistry(address)
    : new DirectoryRegistry(address);
}
