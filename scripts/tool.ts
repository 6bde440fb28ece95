import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, makeFolder } from './fetch-package.mjs';
import { capture, npm, root } from './process.mjs';

/**
 * Installs what scripts/tools/<name>/package-lock.json locks into the cache: programs too large for the
 * node_modules of every checkout. Resolves to the folder that holds their node_modules. Throws with a
 * message for people.
 */
export async function findTool(name: string): Promise<string> {
  const source = join(root, 'scripts/tools', name);
  const lock = await readFile(join(source, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `tool-${name}-${hash}`);
  if (!existsSync(folder)) {
    console.error(`Installing ${name} into ${cacheFolder()}, once …`);
    await makeFolder(folder, (scratch) => install(source, scratch));
  }
  return folder;
}

async function install(source: string, scratch: string): Promise<string> {
  for (const file of ['package.json', 'package-lock.json'])
    await copyFile(join(source, file), join(scratch, file));
  const { program, args, shell } = npm();
  const flags = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--silent'];
  const { code, output } = await capture(program, [...args, 'ci', ...flags], {
    cwd: scratch,
    shell,
  });
  if (code !== 0) throw new Error(`npm could not install it:\n${output.trim()}`);
  return scratch;
}
