import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { capture, root } from '../process.mjs';
import { findTool } from '../tool.ts';

/** The extension as a file, and what vsce said while making it. */
export interface Packed {
  readonly file: string;
  readonly output: string;
  readonly warnings: readonly string[];
}

/** Packs dist/ and what else ships into a .vsix. Throws with vsce's words when it refuses. */
export async function packageExtension(file: string): Promise<Packed> {
  const vsce = join(await findTool('vsce'), 'node_modules/@vscode/vsce/vsce');
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  const flags = ['--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository'];
  const command = [vsce, 'package', ...flags, '--out', file];
  const { code, output } = await capture(process.execPath, command, { cwd: root });
  if (code !== 0) throw new Error(`vsce could not make ${file}:\n${output.trim()}`);
  const warnings = output.split('\n').filter((line) => /\bWARNING\b/.test(line));
  return { file, output, warnings };
}
