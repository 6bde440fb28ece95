// Token counting against other tokenizers, interleaved in one run. Alone: node test/bench/tokens.ts
// `--fuzz` compares a million random strings with tiktoken instead of measuring.
import { spawnSync } from 'node:child_process';
import { parsePrompt } from '#core/prompt/parse.ts';
import { CountMemo } from '#core/tokens/count-memo.ts';
import { createTableCounter } from '#core/tokens/counter.ts';
import { countPrompt } from '#core/tokens/counts.ts';
import { ENCODING_NAMES } from '#core/tokens/encoding.ts';
import { TokenMemo } from '#core/tokens/token-memo.ts';
import { seededRandom } from '../support/random.ts';
import { oddText, SCRIPTS } from '../support/token-corpus.ts';
import { benchTexts, type Count, ENGINES, ours } from '../support/token-engines.ts';
import { encoderOf, tokenTables } from '../support/token-tables.ts';

/** Milliseconds after which a peer is stopped. */
const PATIENCE = 5_000;
const PATHOLOGICAL = {
  'one letter': 'a',
  equals: '=',
  spaces: ' ',
  'line feeds': '\n',
  'one emoji': '😀',
  digits: '7',
  'combining marks': '\u0301',
  'one Han character': '中',
};

process.env.TOKEN_TABLES ??= await tokenTables();
const [mode, ...rest] = process.argv.slice(2);
if (mode === '--child') await child(rest);
else if (mode === '--fuzz') await fuzz();
else {
  console.log(`o200k_base, counting only, Node ${process.versions.node}`);
  await speeds();
  await firstPass();
  startUp();
  pathological();
  await smallTexts();
  await goldenCases();
}

async function speeds(): Promise<void> {
  const names = Object.keys(ENGINES);
  const counts: Record<string, Count> = {};
  for (const [name, load] of Object.entries(ENGINES)) counts[name] = await load();
  console.log('\nMB/s of UTF-8, the fastest of 9 interleaved rounds, warm');
  console.log(row('', [...names, '× tiktoken', '× best npm']));
  for (const [kind, text] of Object.entries(benchTexts())) {
    // js-tiktoken is quadratic in long pieces: a sample must do.
    const sample = text.slice(0, 3_000);
    const textOf = (name: string) => (name === 'js-tiktoken' ? sample : text);
    const speed = interleaved(
      names.map((name) => ({ name, text: textOf(name), count: counts[name] })),
    );
    const [own = 0, wasm = 1, ...npm] = names.map((name) => speed[name] ?? 0);
    const ratios = [own / wasm, own / Math.max(...npm)].map((ratio) => ratio.toFixed(1));
    console.log(row(kind, [...names.map((name) => digits(speed[name] ?? 0)), ...ratios]));
  }
}

interface Contender {
  name: string;
  text: string;
  count: Count | undefined;
}

/** MB/s of each, measured in turns of about 30 ms. */
function interleaved(contenders: readonly Contender[]): Record<string, number> {
  const runs = contenders.map(({ name, text, count = () => 0 }) => {
    for (let i = 0; i < 2; i++) count(text);
    const once = time(() => count(text));
    const times = Math.max(1, Math.min(2000, Math.ceil(30 / Math.max(once, 0.001))));
    const bytes = Buffer.byteLength(text) * times;
    const run = () => {
      for (let i = 0; i < times; i++) count(text);
    };
    return { name, bytes, run, speeds: [] as number[] };
  });
  for (let round = 0; round < 9; round++) {
    for (const { bytes, run, speeds } of runs) speeds.push(bytes / 1e3 / time(run));
  }
  return Object.fromEntries(runs.map(({ name, speeds }) => [name, Math.max(...speeds)]));
}

/** A megabyte that the encoder has not seen, with code that has run before. */
async function firstPass(): Promise<void> {
  const text = benchTexts()['mix 1 MB'] ?? '';
  const speeds: number[] = [];
  for (let i = 0; i < 15; i++) {
    const count = await ours('o200k_base');
    speeds.push(Buffer.byteLength(text) / 1e3 / time(() => count(text)));
  }
  console.log(`\nFirst pass over 1 MB with empty caches: ${digits(Math.max(...speeds))} MB/s`);
}

function startUp(): void {
  console.log('\nStart, in a process of its own (median of 5)');
  console.log(row('', ['load ms', 'MB resident', 'first 100 KB']));
  for (const name of [
    'bare',
    'ours',
    'ours-cl100k',
    'ours-both',
    ...Object.keys(ENGINES).slice(1),
  ]) {
    const runs = Array.from({ length: 5 }, () => inChild(['start', name]).split(' ').map(Number));
    const column = (i: number) => digits(median(runs.map((run) => run[i] ?? 0)));
    console.log(row(name, [column(0), column(1), column(2)]));
  }
}

function pathological(): void {
  const names = Object.keys(ENGINES);
  console.log(
    '\nMilliseconds for 100 KB of …, in a process of its own; last: ours for 400 against 200 KB',
  );
  console.log(row('', [...names, 'doubling']));
  for (const kind of Object.keys(PATHOLOGICAL)) {
    const times = names.map((name) => inChild(['long', name, kind, '100']));
    const doubled = inChild(['doubling', kind]);
    const cells = times.map((ms) => (ms === '' ? '> 5,000' : digits(Number(ms))));
    console.log(row(kind, [...cells, doubled === '' ? '?' : `× ${Number(doubled).toFixed(2)}`]));
  }
}

async function smallTexts(): Promise<void> {
  const count = await ours('o200k_base');
  const words = (SCRIPTS.english ?? '').split(' ');
  const next = seededRandom(41);
  const texts = Array.from(
    { length: 200_000 },
    () => `${words[next(words.length)]} ${words[next(words.length)]} ${next(1000)}`,
  );
  const run = () => texts.reduce((sum, text) => sum + count(text), 0);
  run();
  const ms = Math.min(...Array.from({ length: 9 }, () => time(run)));
  console.log(
    `\n200,000 texts of three words: ${digits(ms)} ms, ${digits((ms * 1e6) / 2e5)} ns each`,
  );
}

/** A file whose first message changes, as on a keystroke. */
async function goldenCases(): Promise<void> {
  const counting = { encoding: 'o200k_base', exact: true } as const;
  const counter = createTableCounter(counting, await encoderOf('o200k_base'), new TokenMemo());
  const memo = new CountMemo();
  const english = (SCRIPTS.english ?? '').replaceAll('"', '');
  const rows = Array.from(
    { length: 900 },
    (_, i) => `  - issue: "${english} ${i}"\n    lang: en\n`,
  );
  const file = (edit: number) =>
    `messages:\n  - role: system\n    content: "${english.repeat(20)} ${edit}"\n  - role: user\n    content: "Classify {{issue}} in {{lang}}."\ntestData:\n${rows.join('')}`;
  const prompts = Array.from({ length: 30 }, (_, edit) => parsePrompt(file(edit)));
  const times = prompts.map((prompt) => time(() => countPrompt(prompt, counter, { memo })));
  const size = (file(0).length / 1024).toFixed(0);
  console.log(`\nAll counts of a ${size} KB file with ${rows.length} rows, one message edited:`);
  console.log(
    `first ${digits(times[0] ?? 0)} ms, then ${digits(median(times.slice(10)))} ms (median)`,
  );
}

async function child([task, name = '', kind = '', kilobytes = '']: string[]): Promise<void> {
  if (task === 'start') return await start(name);
  if (task === 'doubling') {
    const unit = PATHOLOGICAL[name as keyof typeof PATHOLOGICAL];
    const count = await ours('o200k_base');
    const fastest = (kb: number) => {
      const text = repeated(unit, kb);
      return Math.min(...Array.from({ length: 4 }, () => time(() => count(text))));
    };
    fastest(50);
    console.log(fastest(400) / fastest(200));
    return;
  }
  const unit = PATHOLOGICAL[kind as keyof typeof PATHOLOGICAL];
  const count = await ENGINES[name]?.();
  count?.('warm');
  console.log(time(() => count?.(repeated(unit, Number(kilobytes)))));
}

async function start(name: string): Promise<void> {
  const text = Object.values(SCRIPTS).join('\n').repeat(20).slice(0, 60_000);
  const began = performance.now();
  let count: Count | undefined;
  if (name === 'ours-cl100k') count = await ours('cl100k_base');
  else {
    count = await ENGINES[name === 'ours-both' ? 'ours' : name]?.();
    if (name === 'ours-both') await ours('cl100k_base');
  }
  count?.('Hello');
  const loaded = performance.now() - began;
  const first = time(() => count?.(text));
  console.log(loaded, process.memoryUsage.rss() / 1e6, first);
}

async function fuzz(): Promise<void> {
  const { get_encoding } = await import('tiktoken');
  for (const name of ENCODING_NAMES) {
    const encoder = await encoderOf(name);
    const tiktoken = get_encoding(name);
    const next = seededRandom(2026);
    let differing = 0;
    for (let batch = 0; batch < 10_000; batch++) {
      // Joined by a line feed and a letter, where pieces end.
      const texts = Array.from({ length: 100 }, (_, i) => `${i > 0 ? 'x' : ''}${oddText(next)}\n`);
      const expected = tiktoken.encode_ordinary(texts.join(''));
      const ids = texts.flatMap((text) => encoder.encode(text));
      const count = texts.reduce((sum, text) => sum + encoder.count(text), 0);
      const isSame = ids.length === expected.length && ids.every((id, i) => id === expected[i]);
      if (!isSame || count !== expected.length) {
        differing++;
        console.log(JSON.stringify(texts));
      }
    }
    console.log(
      `${name}: 1,000,000 random strings, ${differing} of 10,000 batches differ from tiktoken`,
    );
    if (differing > 0) process.exitCode = 1;
  }
}

/** What a child prints; empty when it takes too long. */
function inChild(args: string[]): string {
  const file = process.argv[1] ?? '';
  const { stdout, status } = spawnSync(process.execPath, [file, '--child', ...args], {
    encoding: 'utf8',
    timeout: PATIENCE,
  });
  return status === 0 ? stdout.trim() : '';
}

function repeated(unit: string, kilobytes: number): string {
  return unit.repeat((kilobytes * 1024) / Buffer.byteLength(unit));
}

function time(run: () => unknown): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(20) + cells.map((cell) => cell.padStart(15)).join('');
}
