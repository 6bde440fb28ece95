import type { Encoder } from './encoder.ts';
import type { EncodingName } from './encoding.ts';

/** The port to the token tables, which are read when first needed. */
export interface Tokenizer {
  /** The encoder, when its table is in memory. */
  loaded(name: EncodingName): Encoder | null;
  /** Reads the table; rejects when it is missing or damaged. */
  load(name: EncodingName): Promise<Encoder>;
}
