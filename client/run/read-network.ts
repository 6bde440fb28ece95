import { workspace } from 'vscode';
import type { Network } from '#io/models/network.ts';
import { readAuthorities } from '#io/models/read-authorities.ts';

/**
 * How calls to providers leave this machine: proxies are VS Code's part. Reads user settings only. Throws UserError
 * when the file of `promptsmith.caFile` has no certificates.
 */
export async function readNetwork(): Promise<Network> {
  const path = workspace.getConfiguration('promptsmith').inspect<string>('caFile')?.globalValue;
  return path ? { ca: await readAuthorities(path) } : {};
}
