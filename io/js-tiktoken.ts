import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { EncodingName } from '#core/tokens/encoding.ts';
import type { ReferenceCounter } from '#core/tokens/verify-counts.ts';

/** The part of js-tiktoken's encoding data that is used here. */
interface Ranks {
  readonly pat_str: string;
}

interface Lite {
  readonly Tiktoken: new (
    ranks: Ranks,
  ) => {
    encode(
      text: string,
      allowedSpecial: readonly string[],
      disallowed: readonly string[],
    ): number[];
  };
}

/** The package js-tiktoken as it is installed. */
export interface JsTiktoken {
  readonly version: string;
  counter(encoding: EncodingName): ReferenceCounter;
}

/** About what one text may cost: the sum of the squared lengths of its pieces in bytes; some seconds. */
const MAX_TEXT_COST = 2e7;
/** What all texts of one encoding may cost; about a minute. */
const MAX_TOTAL_COST = 3e8;

/**
 * Finds js-tiktoken in the `node_modules` of these folders and above, the first one first; null when it is
 * not installed. Nothing of it is part of a bundle.
 */
export function findJsTiktoken(folders: readonly string[]): JsTiktoken | null {
  for (const folder of folders) {
    const load = createRequire(join(folder, 'package.json'));
    let path: string;
    try {
      path = load.resolve('js-tiktoken/lite');
    } catch {
      continue;
    }
    const { Tiktoken } = load('js-tiktoken/lite') as Lite;
    return {
      version: readVersion(path),
      counter: (encoding) => {
        const found = load(`js-tiktoken/ranks/${encoding}`) as Ranks & { readonly default?: Ranks };
        return new JsTiktokenCounter(Tiktoken, found.default ?? found);
      },
    };
  }
  return null;
}

function readVersion(path: string): string {
  try {
    const text = readFileSync(join(dirname(path), '..', 'package.json'), 'utf8');
    return String((JSON.parse(text) as { version?: unknown }).version);
  } catch {
    return 'of unknown version';
  }
}

class JsTiktokenCounter implements ReferenceCounter {
  readonly #Tiktoken: Lite['Tiktoken'];
  readonly #ranks: Ranks;
  readonly #pieces: RegExp;
  readonly #count: (text: string) => number;
  #countLikeTiktoken: ((text: string) => number) | null = null;
  #spent = 0;

  constructor(Tiktoken: Lite['Tiktoken'], ranks: Ranks) {
    this.#Tiktoken = Tiktoken;
    this.#ranks = ranks;
    this.#pieces = new RegExp(ranks.pat_str, 'gu');
    this.#count = this.#open(ranks);
  }

  count(text: string): number | null {
    // Its merge is quadratic in the length of a piece: minutes for a long run without spaces.
    let cost = 0;
    for (const [piece] of text.matchAll(this.#pieces)) cost += Buffer.byteLength(piece) ** 2;
    if (cost > MAX_TEXT_COST || this.#spent + cost > MAX_TOTAL_COST) return null;
    this.#spent += cost;
    return this.#count(text);
  }

  explain(text: string, tokens: number): 'white-space' | null {
    if (!/[\u0085\ufeff]/.test(text)) return null;
    const pattern = useUnicodeWhiteSpace(this.#ranks.pat_str);
    this.#countLikeTiktoken ??= this.#open({ ...this.#ranks, pat_str: pattern });
    return this.#countLikeTiktoken(text) === tokens ? 'white-space' : null;
  }

  /** Special tokens in a text are ordinary text. */
  #open(ranks: Ranks): (text: string) => number {
    const encoder = new this.#Tiktoken(ranks);
    return (text) => encoder.encode(text, [], []).length;
  }
}

/** Unicode's White_Space, as Rust's `\s`: JavaScript's lacks U+0085 and has U+FEFF. */
const WHITE_SPACE =
  '\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** A pattern with Unicode's white space in place of JavaScript's. */
function useUnicodeWhiteSpace(pattern: string): string {
  let isInClass = false;
  return pattern.replace(/\\s|\\S|\\.|[[\]]/gsu, (part) => {
    if (part === '[' || part === ']') isInClass = part === '[';
    if (part === '\\s') return isInClass ? WHITE_SPACE : `[${WHITE_SPACE}]`;
    return part === '\\S' ? `[^${WHITE_SPACE}]` : part;
  });
}
