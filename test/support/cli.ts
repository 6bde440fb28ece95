import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** No file can grow beyond so many blocks of 512 bytes (of 1,024 in some shells): a full disk. */
  readonly fileBlocks?: number;
  /** Called with each piece of output; may send a signal. */
  /** Kills the program as `kill -9` does. */
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** What tests spend is recorded apart from what the user spends. */
const STATE = join(tmpdir(), 'promptsmith-test-state');

/** Runs the built program on the oldest Node it promises to run on, without a terminal. */
export async function promptsmith(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const { cwd = root, stdin = '', env = {}, onOutput, fileBlocks, signal } = options;
  const node = hasNode(22) ? await findNode(22) : process.execPath;
  const limit =
    fileBlocks === undefined ? [] : ['/bin/sh', '-c', `ulimit -f ${fileBlocks}; exec "$@"`, 'sh'];
  const [program = node, ...words] = [...limit, node, join(root, 'dist/cli.cjs'), ...args];
  const child = spawn(program, words, {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: tmpdir(), XDG_STATE_HOME: STATE, ...env },
  });
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onOutput?.(text, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onOutput?.(text, (signal) => child.kill(signal));
  });
  // A program that ends before it has read everything closes the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, stdout, stderr };
}

/** A folder with these files, gone after the test. */
export async function folderWith(
  t: TestContext,
  files: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'promptsmith-test-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}
