import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Encoder } from '#core/tokens/encoder.ts';
import type { EncodingName } from '#core/tokens/encoding.ts';
import { root } from '../../scripts/process.mjs';
import { seededRandom } from './random.ts';
import { EMOJI, SCRIPTS } from './token-corpus.ts';
import { tokenTables } from './token-tables.ts';

export type Count = (text: string) => number;

/** Tokenizers that count o200k_base (ours cl100k_base too), each loaded only when asked for. */
export const ENGINES: Readonly<Record<string, () => Promise<Count>>> = {
  ours: () => ours('o200k_base'),
  tiktoken: async () => {
    const encoding = (await import('tiktoken')).get_encoding('o200k_base');
    return (text) => encoding.encode_ordinary(text).length;
  },
  'gpt-tokenizer': async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
    const options = { disallowedSpecial: new Set<string>() };
    return (text) => countTokens(text, options);
  },
  'js-tiktoken': async () => {
    const { Tiktoken } = await import('js-tiktoken/lite');
    const ranks = await import('js-tiktoken/ranks/o200k_base');
    const encoding = new Tiktoken(ranks.default);
    return (text) => encoding.encode(text, [], []).length;
  },
};

export async function ours(name: EncodingName): Promise<Count> {
  const folder = process.env.TOKEN_TABLES ?? (await tokenTables());
  const encoder = new Encoder(name, readFileSync(join(folder, `${name}.bin`)));
  return (text) => encoder.count(text);
}

/** Texts to measure, by name: a mix in three sizes, then kinds and scripts of about 100 KB. */
export function benchTexts(): Record<string, string> {
  const english = gather(/^readme\.md$/i, 1_000_000);
  const code = gather(/\.(js|mjs|ts)$/, 600_000);
  const json = gather(/^package\.json$/, 300_000);
  const scripts = Object.keys(SCRIPTS).filter((name) => name !== 'english');
  const kinds = {
    english,
    code,
    json,
    yaml: yaml(120_000),
    ...Object.fromEntries(scripts.map((name, i) => [name, sentences(name, 100 + i, 100_000)])),
    emoji: emoji(20_000),
  };
  const { chinese, russian, hindi, arabic, japanese, korean } = kinds as Record<string, string>;
  const foreign = [chinese, russian, hindi, arabic, japanese, korean, kinds.emoji];
  const native = [english, code, english, kinds.yaml, english, code, json];
  const mix = interleave(native, foreign, 1_200_000);
  return {
    'mix 1 KB': slice(mix, 1000, 1_000),
    'mix 100 KB': slice(mix, 2000, 100_000),
    'mix 1 MB': slice(mix, 0, 1_000_000),
    ...Object.fromEntries(
      Object.entries(kinds).map(([name, text]) => [name, slice(text, 0, 100_000)]),
    ),
  };
}

/** About this many bytes from a place on. */
function slice(text: string, from: number, bytes: number): string {
  const part = Buffer.from(text.slice(from, from + bytes)).subarray(0, bytes);
  return part.toString('utf8').replace(/\ufffd+$/, '');
}

/** Files of the installed packages, in the order of their names. */
function gather(name: RegExp, length: number): string {
  const folder = join(root, 'node_modules');
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path.split(/[\\/]/).at(-1) ?? '') && !/tokeni|tiktoken/.test(path))
    .sort();
  let text = '';
  for (let i = 0; i < paths.length && text.length < length; i++) {
    // A step that visits packages of all kinds.
    const file = readFileSync(join(folder, paths[(i * 7919) % paths.length] ?? ''), 'utf8');
    if (file.length < 60_000) text += file;
  }
  return text;
}

function yaml(length: number): string {
  const next = seededRandom(21);
  const words = (SCRIPTS.english ?? '').split(' ');
  const line = () =>
    Array.from({ length: 6 + next(10) }, () => words[next(words.length)]).join(' ');
  let text = '';
  for (let i = 0; text.length < length; i++) {
    text += `- id: case-${i}\n  tags: [billing, ${next(1000)}]\n  content: |\n    ${line()}\n    {{name_${next(9)}}}: "${line()}"\n  threshold: 0.${next(100)}\n`;
  }
  return text;
}

/** Words in random order; where a script has no blanks, stretches of one to eight characters. */
function sentences(name: string, seed: number, length: number): string {
  const next = seededRandom(seed);
  const source = SCRIPTS[name] ?? '';
  const words = source.split(' ');
  const characters = [...source];
  let text = '';
  while (Buffer.byteLength(text) < length) {
    for (let i = 0; i < 200; i++) {
      const start = next(characters.length);
      text +=
        words.length > 8
          ? `${words[next(words.length)]}${next(20) ? ' ' : '\n\n'}`
          : characters.slice(start, start + 1 + next(8)).join('') + (next(40) ? '' : '\n');
    }
  }
  return text;
}

function emoji(count: number): string {
  const next = seededRandom(31);
  return Array.from({ length: count }, () =>
    next(3) ? (EMOJI[next(EMOJI.length)] ?? '') : [' ', 'ok!\n', 'done '][next(3)],
  ).join('');
}

/** Blocks of 4,000 characters of what prompts mostly hold, each followed by 1,000 of something else. */
function interleave(
  native: readonly string[],
  foreign: readonly (string | undefined)[],
  length: number,
): string {
  const block = (source: string, index: number, size: number) => {
    const from = (index * size) % Math.max(1, source.length - size);
    return source.slice(from, from + size);
  };
  let text = '';
  for (let i = 0; text.length < length; i++) {
    text += block(native[i % native.length] ?? '', i, 4000);
    text += block(foreign[i % foreign.length] ?? '', i, 1000);
  }
  // A block may cut a character in two.
  return Buffer.from(text).toString('utf8');
}
