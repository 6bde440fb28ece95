import { openRegistry as openAddress, parseAddress } from '../registries/address.ts';
import { PromptReader } from './prompt-reader.ts';
import type { ReaderOptions, RegistryReader } from './registry.d.ts';

/**
 * What applications import as `promptsmith/registry`; its types are in registry.d.ts. Throws RegistryError when
 * the address is none.
 */
export function openRegistry(address: string, options: ReaderOptions = {}): RegistryReader {
  const root = process.cwd();
  const { env = process.env } = options;
  const place = parseAddress(address, root);
  const database = address.split('?')[0]?.split('/').at(-1) ?? '';
  // User and password stay out of the file of what was read last.
  const named = place.kind === 'directory' ? place.path : `${place.origin}/${database}`;
  const open = () => openAddress({ root, setting: undefined, own: address, env });
  return new PromptReader(named, open, options);
}
