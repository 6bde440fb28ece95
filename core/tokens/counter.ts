import type { Encoder } from './encoder.ts';
import type { EncodingName } from './encoding.ts';
import { estimateTokens } from './estimate.ts';
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
  /** Whole tokens. */
  count(text: string): number;
  /** The same before rounding: for adding up parts of a text. */
  measure(text: string): number;
}

/** A counter with the encoding's table: exact for the models whose encoding it is. */
export function createTableCounter(counting: Counting, encoder: Encoder, memo: TokenMemo): Counter {
  const { encoding, exact, basis, scale = 1 } = counting;
  return {
    encoding,
    exact,
    ...(basis === undefined ? {} : { basis }),
    count: (text) => Math.round(scale * memo.count(encoder, text)),
    measure: (text) => scale * memo.count(encoder, text),
  };
}

/** A counter without any table, for the moment before one is loaded: see `estimateTokens`. */
export function createRoughCounter({ encoding, scale = 1 }: Counting): Counter {
  const basis = 'estimated from the characters of the text; the exact count follows';
  return {
    encoding,
    exact: false,
    basis,
    count: (text) => Math.round(scale * estimateTokens(text)),
    measure: (text) => scale * estimateTokens(text),
  };
}
