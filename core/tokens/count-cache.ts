import { equalBytes, hashPair } from './words.ts';

const SHORT_SETS = 8192;
const LONG_SETS = 32768;
const STORE = 1 << 21;
/** Longer pieces are not kept. */
const MAX_LENGTH = 512;

/**
 * Token counts of pieces seen before, in fixed memory: sets of two by hash; the bytes of the longer
 * pieces lie in a store that starts over when it is full. A count is never 0, so 0 says that a piece
 * is not known.
 */
export class CountCache {
  /** Two entries per set, each both words and the count. */
  readonly #short = new Int32Array(SHORT_SETS * 8);
  /** Two entries per set, each hash, place in the store, length and count. */
  readonly #long = new Int32Array(LONG_SETS * 8);
  readonly #store = new Uint8Array(STORE);
  readonly #view = new DataView(this.#store.buffer);
  #stored = 0;

  /** The count of at most eight bytes, given as filled-up words. */
  short(low: number, high: number): number {
    const entry = (hashPair(low, high) & (SHORT_SETS - 1)) << 3;
    const table = this.#short;
    if (table[entry] === low && table[entry + 1] === high) return table[entry + 2] as number;
    if (table[entry + 4] === low && table[entry + 5] === high) return table[entry + 6] as number;
    return 0;
  }

  /** Keeps the count of a new piece in place of the older one of its set. */
  keepShort(low: number, high: number, count: number): void {
    const entry = (hashPair(low, high) & (SHORT_SETS - 1)) << 3;
    const table = this.#short;
    table[entry + 4] = table[entry] as number;
    table[entry + 5] = table[entry + 1] as number;
    table[entry + 6] = table[entry + 2] as number;
    table[entry] = low;
    table[entry + 1] = high;
    table[entry + 2] = count;
  }

  /** The count of more than eight bytes, given with their `hashBytes`. */
  long(view: DataView, start: number, length: number, hash: number): number {
    const entry = (hash & (LONG_SETS - 1)) << 3;
    const table = this.#long;
    return this.#isAt(entry, view, start, length, hash)
      ? (table[entry + 3] as number)
      : this.#isAt(entry + 4, view, start, length, hash)
        ? (table[entry + 7] as number)
        : 0;
  }

  /** The same as `keepShort`; pieces of more than 512 bytes are not kept. */
  keepLong(text: Uint8Array, start: number, length: number, hash: number, count: number): void {
    if (length > MAX_LENGTH) return;
    // A comparison may read up to four bytes behind a piece.
    if (this.#stored + length + 4 > STORE) {
      this.#long.fill(0);
      this.#stored = 0;
    }
    const entry = (hash & (LONG_SETS - 1)) << 3;
    const table = this.#long;
    table.copyWithin(entry + 4, entry, entry + 4);
    table[entry] = hash;
    table[entry + 1] = this.#stored;
    table[entry + 2] = length;
    table[entry + 3] = count;
    for (let i = 0; i < length; i++) this.#store[this.#stored + i] = text[start + i] as number;
    this.#stored += length;
  }

  #isAt(entry: number, view: DataView, start: number, length: number, hash: number): boolean {
    const table = this.#long;
    return (
      table[entry] === hash &&
      table[entry + 2] === length &&
      equalBytes(view, start, this.#view, table[entry + 1] as number, length)
    );
  }
}
