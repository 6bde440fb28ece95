import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { capture, root } from '../process.mjs';
import { findTool } from '../tool.ts';

/** The extension as a file, and what vsce said while making it. */
export interface Packed {
  readonly file: string;
  readonly output: string;
  readonly warnings: readonly string[];
}

/** Fields of package.json that belong to whoever publishes Promptsmith. */
const PUBLISHER_FIELDS = ['repository', 'bugs', 'homepage'];

/** The fields of a publisher that are not set; all of them as long as there is no publisher. */
export function missingPublisherFields(manifest: object = packageJson): readonly string[] {
  return PUBLISHER_FIELDS.filter((name) => !(name in manifest));
}

/** Packs dist/ and what else ships into a .vsix. Throws with vsce's words when it refuses. */
export async function packageExtension(file: string): Promise<Packed> {
  const vsce = join(await findTool('vsce'), 'node_modules/@vscode/vsce/vsce');
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  const flags = ['--no-dependencies', '--no-rewrite-relative-links'];
  if (missingPublisherFields().length > 0) flags.push('--allow-missing-repository');
  const command = [vsce, 'package', ...flags, '--out', file];
  const { code, output } = await capture(process.execPath, command, { cwd: root });
  if (code !== 0) throw new Error(`vsce could not make ${file}:\n${output.trim()}`);
  const warnings = output.split('\n').filter((line) => /\bWARNING\b/.test(line));
  return { file, output, warnings };
}
