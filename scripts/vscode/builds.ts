import { copyFile, mkdir, readFile, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, fetchPackage } from '../fetch-package.mjs';
import { findNode, hasNode } from '../node.mjs';
import { capture, npm, root } from '../process.mjs';

/** A VS Code that a browser shows: the server of code-server's package, without code-server. */
export interface VscodeBuild {
  readonly version: string;
  /** The Node that its extension host runs on. */
  readonly node: 22 | 24;
  readonly package: string;
  readonly integrity: string;
  /** What it takes on the disk, in MB. */
  readonly megabytes: number;
}

/** The oldest VS Code we support, and a new one. */
export const vscodeBuilds: readonly VscodeBuild[] = [
  {
    version: '1.103.2',
    node: 22,
    package: 'code-server@4.103.2',
    integrity:
      'sha512-dbYFASiePozmAfA2e3BYE7r83CdZ7LMDEAzKhLVRJwFbnd4zAaFlsxvBNrLAkunDJUaEqbtawsBfbtDZu6SXnQ==',
    megabytes: 300,
  },
  {
    version: '1.139.1',
    node: 24,
    package: 'code-server@4.139.1',
    integrity:
      'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    megabytes: 790,
  },
];

/** An installed VS Code: `program` run by `node` is its server. */
export interface Vscode {
  readonly version: string;
  readonly node: string;
  readonly program: string;
}

/** The folder of the cache that a build is in, or would be. */
export function vscodeFolder(build: VscodeBuild): string {
  return join(cacheFolder(), `vscode-${build.version}`);
}

/** Why this machine cannot run the build; null when it can. */
export function missingFor(build: VscodeBuild): string | null {
  if (process.platform !== 'linux') return `VS Code's server runs here on Linux only`;
  if (!hasNode(build.node)) return `there is no pinned Node ${build.node} for ${process.arch}`;
  return null;
}

/** Installs the build into the cache when it is not there. Throws with a message for people. */
export async function findVscode(build: VscodeBuild): Promise<Vscode> {
  const node = await findNode(build.node);
  const folder = vscodeFolder(build);
  await fetchPackage(build, folder, { only: 'lib/vscode', prepare: finish });
  return { version: build.version, node, program: join(folder, 'out', 'server-main.js') };
}

/**
 * The packages are those of the archive's own shrinkwrap files, each with its integrity value.
 * Install scripts do not run: they want a compiler, headers and downloads from elsewhere. Without
 * what they build there is no terminal, and log files are written by a stand-in.
 */
async function finish(folder: string): Promise<void> {
  await Promise.all([installIn(folder), installIn(join(folder, 'extensions'))]);
  await copyFile(
    join(root, 'scripts/vscode/spdlog.cjs'),
    join(folder, 'node_modules/@vscode/spdlog/index.js'),
  );
  const ripgrep = join(folder, 'node_modules/@vscode/ripgrep/bin');
  await mkdir(ripgrep, { recursive: true });
  // Whichever is in PATH when VS Code runs: search needs it, nothing else does.
  await writeFile(join(ripgrep, 'rg'), '#!/bin/sh\nexec rg "$@"\n', { mode: 0o755 });
  await unlink(join(folder, 'node_modules.asar')).catch(() => {});
  await symlink('node_modules', join(folder, 'node_modules.asar'));
  await closeProduct(join(folder, 'product.json'));
}

/** Takes out what would call services on the internet. */
async function closeProduct(file: string): Promise<void> {
  const product = JSON.parse(await readFile(file, 'utf8'));
  for (const key of [
    'extensionsGallery',
    'telemetryEndpoint',
    'updateEndpoint',
    'defaultChatAgent',
  ]) {
    delete product[key];
  }
  await writeFile(file, JSON.stringify(product));
}

async function installIn(folder: string): Promise<void> {
  const { program, args, shell } = npm();
  const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  const { code, output } = await capture(program, [...args, 'install', ...flags], {
    cwd: folder,
    shell,
  });
  if (code !== 0) throw new Error(`npm could not install VS Code's packages:\n${output.trim()}`);
}
