import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { capture } from '../process.mjs';
import type { Vscode } from './builds.ts';
import { vscodeEnvironment } from './server.ts';

/** Installs a .vsix as a user would; resolves to the folder with the installed extension. */
export async function installExtension(
  vscode: Vscode,
  vsix: string,
  folder: string,
): Promise<string> {
  for (const name of ['home', 'tmp']) await mkdir(join(folder, name), { recursive: true });
  const extensions = join(folder, 'extensions');
  const flags = [
    ...['--install-extension', vsix, '--force'],
    ...['--extensions-dir', extensions, '--server-data-dir', join(folder, 'data')],
    '--accept-server-license-terms',
  ];
  const { code, output } = await capture(vscode.node, [vscode.program, ...flags], {
    env: vscodeEnvironment(folder),
  });
  if (code !== 0 || !output.includes('successfully installed'))
    throw new Error(`VS Code ${vscode.version} did not install ${vsix}:\n${output}`);
  return extensions;
}
