import type { Encoder } from './encoder.ts';
import type { EncodingName } from './encoding.ts';
import type { TokenMemo } from './token-memo.ts';

/** How a model's tokens are counted: the encoding, and whether it is the model's own. */
export interface Counting {
  readonly encoding: EncodingName;
  readonly exact: boolean;
  /** For estimates: why this encoding stands in, and how far off it may be. */
  readonly basis?: string;
  /** The model's tokens per token of the encoding; absent = 1. */
  readonly scale?: number;
}

/** Counts texts for one model. */
export interface Counter {
  readonly encoding: EncodingName;
  readonly exact: boolean;
  readonly basis?: string;
  count(text: string): number;
}

/** A counter with the encoding's table: exact for the models whose encoding it is. */
export function tableCounter(counting: Counting, encoder: Encoder, memo: TokenMemo): Counter {
  const { encoding, exact, basis, scale = 1 } = counting;
  return {
    encoding,
    exact,
    ...(basis === undefined ? {} : { basis }),
    count: (text) => Math.round(scale * memo.count(encoder, text)),
  };
}

/** A counter without any table, for the moment before one is loaded: see `roughCount`. */
export function roughCounter({ encoding, scale = 1 }: Counting): Counter {
  const basis = 'estimated from the length of the text; the exact count follows';
  return { encoding, exact: false, basis, count: (text) => Math.round(scale * roughCount(text)) };
}

/**
 * Tokens guessed from lengths: four ASCII letters or blanks to a token, two other ASCII characters,
 * one character of other scripts. Within about 25 % on prose and code of the common languages.
 */
function roughCount(text: string): number {
  let letters = 0;
  let signs = 0;
  let others = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) others++;
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters++;
    else if (code !== 32) signs++;
  }
  return Math.ceil(letters / 4.5 + signs / 1.7 + others / 1.3);
}
