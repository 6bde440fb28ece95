import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { modelServer } from '#test/support/model-server.ts';
import { findNode, hasNode } from '../../scripts/node.mjs';
import { root } from '../../scripts/process.mjs';

/*
 * `promptsmith eval` of one prompt against a model on loopback that takes 20 ms for an answer, three checks
 * a case: time over the ideal (cases × 20 ms / concurrency) and peak memory, by concurrency and by number of
 * cases; and how long the program takes to start. Arguments: rounds (default 3), and the main file of an
 * installed promptfoo, which then runs the same cases, with its cache off, in turn.
 */
const rounds = Number(process.argv[2] ?? 3);
const peer = process.argv[3];
const LATENCY = 20;
const ENVIRONMENT = { PATH: process.env.PATH ?? '', OPENAI_API_KEY: 'key' };

interface Measured {
  readonly ms: number;
  /** MB; 0 where the system does not tell. */
  readonly peak: number;
}

/** A program's run, its wall time and the most memory that it held. */
async function measure(
  words: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const started = performance.now();
  const [program = '', ...args] = words;
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let peak = 0;
  const watch = setInterval(async () => {
    peak = Math.max(peak, await peakOf(child));
  }, 20);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${said.slice(-2_000)}`);
  return { ms: performance.now() - started, peak };
}

async function peakOf({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

interface Case {
  readonly id: string;
  readonly context: string;
}

function casesOf(count: number): Case[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `case-${i}`,
    context: 'Plans are billed monthly. '.repeat(1 + (i % 5)),
  }));
}

const MESSAGE = 'You answer in JSON. [{{id}}] Context: {{context}} What is the price?';

function promptOf(count: number): string {
  return `model: openai/gpt-4o-mini
modelParameters: { temperature: 0, maxTokens: 100 }
messages: [{ role: user, content: "${MESSAGE}" }]
testFiles: [c${count}.jsonl]
evaluators:
  - { name: names it, uses: promptsmith/contains, with: "{{id}}" }
  - { name: json, uses: promptsmith/is-json }
  - { name: answers, uses: promptsmith/icontains, with: the answer }
`;
}

function promptfooConfig(count: number, baseUrl: string): string {
  return JSON.stringify({
    prompts: [MESSAGE],
    providers: [
      {
        id: 'openai:chat:gpt-4o-mini',
        config: { apiBaseUrl: baseUrl, apiKey: 'key', temperature: 0, max_tokens: 100 },
      },
    ],
    tests: casesOf(count).map((vars) => ({
      vars,
      assert: [
        { type: 'contains', value: vars.id },
        { type: 'is-json' },
        { type: 'icontains', value: 'the answer' },
      ],
    })),
  });
}

const server = await modelServer(async ({ body }) => {
  await pause(LATENCY);
  server.requests.length = 0;
  const id = /case-\d+/.exec(body.messages.at(-1)?.content ?? '')?.[0] ?? 'none';
  const text = JSON.stringify({ id, answer: `The answer for ${id} is 12 a month.` });
  return { kind: body.stream ? 'stream' : 'whole', text };
});
const folder = await mkdtemp(join(tmpdir(), 'promptsmith-bench-'));
const node = hasNode(22) ? await findNode(22) : process.execPath;
const ours = [node, join(root, 'dist/cli.cjs')];
const environment = { ...ENVIRONMENT, HOME: folder, OPENAI_BASE_URL: server.baseUrl };
const quiet = {
  ...environment,
  PROMPTFOO_CONFIG_DIR: join(folder, 'promptfoo'),
  PROMPTFOO_DISABLE_TELEMETRY: '1',
  PROMPTFOO_DISABLE_UPDATE: '1',
};

/** `count` cases, `concurrency` at a time. */
async function runs(
  count: number,
  concurrency: number,
): Promise<readonly (readonly [string, () => Promise<Measured>])[]> {
  const name = `p${count}.prompt.yaml`;
  const rows = casesOf(count).map((one) => `${JSON.stringify(one)}\n`);
  await writeFile(join(folder, `c${count}.jsonl`), rows.join(''));
  await writeFile(join(folder, name), promptOf(count));
  const words = ['eval', name, '--no-cache', '--concurrency', String(concurrency)];
  const found: [string, () => Promise<Measured>][] = [
    ['promptsmith', () => measure([...ours, ...words], folder, environment)],
  ];
  if (peer === undefined || count > 5_000) return found;
  const config = `p${count}.json`;
  await writeFile(join(folder, config), promptfooConfig(count, server.baseUrl));
  const theirs = ['eval', '-c', config, '-j', String(concurrency), '--no-cache', '--no-table'];
  found.push([
    'promptfoo',
    () => measure([process.execPath, peer, ...theirs, '--no-progress-bar'], folder, quiet),
  ]);
  return found;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

try {
  await writeFile(join(folder, '.promptsmith.yaml'), '');
  console.log(
    `medians of ${rounds}; the ideal is ${LATENCY} ms × cases / concurrency; memory is the most that was held\n`,
  );
  for (const [name, words, env] of [
    ['promptsmith', [...ours, '--version'], environment],
    ...(peer === undefined
      ? []
      : ([['promptfoo', [process.execPath, peer, '--version'], quiet]] as const)),
  ] as const) {
    const found: Measured[] = [];
    for (let i = 0; i < rounds; i++) found.push(await measure(words, folder, env));
    console.log(
      `${name.padEnd(13)}starts in ${median(found.map(({ ms }) => ms)).toFixed(0)} ms, ${median(found.map(({ peak }) => peak)).toFixed(0)} MB`,
    );
  }
  console.log('\nprogram       cases  at once    ideal s        s  ms a case over it   MB');
  for (const [count, concurrency] of [
    [500, 4],
    [500, 16],
    [500, 64],
    [5_000, 64],
    [10_000, 64],
  ] as const) {
    const programs = await runs(count, concurrency);
    const found = programs.map((): Measured[] => []);
    for (let i = 0; i < (count > 500 ? 1 : rounds); i++)
      for (const [at, [, run]] of programs.entries()) found[at]?.push(await run());
    for (const [at, [name]] of programs.entries()) {
      const ms = median(found[at]?.map((one) => one.ms) ?? []);
      const peak = median(found[at]?.map((one) => one.peak) ?? []);
      const ideal = (count * LATENCY) / concurrency;
      console.log(
        `${name.padEnd(13)}${String(count).padStart(6)}${String(concurrency).padStart(9)}${(ideal / 1000).toFixed(2).padStart(11)}${(ms / 1000).toFixed(2).padStart(9)}${((ms - ideal) / count).toFixed(2).padStart(19)}${peak.toFixed(0).padStart(5)}`,
      );
    }
  }
} finally {
  await server.close();
  await rm(folder, { recursive: true });
}
