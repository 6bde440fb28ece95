import { hashPair, sameBytes } from './words.ts';

const SHORT_SLOTS = 4096;
const LONG_SLOTS = 8192;
const STORE = 1 << 18;
/** Longer pieces are not kept. */
const LONGEST = 512;

/**
 * Token counts of pieces seen before, in fixed memory: pieces of up to eight bytes in a direct-mapped
 * table, longer ones beside their bytes in a store that starts over when it is full. A count is
 * never 0, so 0 says that a piece is not known.
 */
export class CountCache {
  /** Per slot: both words and the count. */
  readonly #short = new Int32Array(SHORT_SLOTS * 4);
  /** Per slot: hash, place in the store, length and count. */
  readonly #long = new Int32Array(LONG_SLOTS * 4);
  readonly #store = new Uint8Array(STORE);
  readonly #view = new DataView(this.#store.buffer);
  #stored = 0;

  /** The count of at most eight bytes, given as filled-up words. */
  short(low: number, high: number): number {
    const slot = (hashPair(low, high) & (SHORT_SLOTS - 1)) << 2;
    const table = this.#short;
    return table[slot] === low && table[slot + 1] === high ? (table[slot + 2] as number) : 0;
  }

  keepShort(low: number, high: number, count: number): void {
    const slot = (hashPair(low, high) & (SHORT_SLOTS - 1)) << 2;
    this.#short[slot] = low;
    this.#short[slot + 1] = high;
    this.#short[slot + 2] = count;
  }

  /** The count of more than eight bytes, given with their `hashBytes`. */
  long(view: DataView, start: number, length: number, hash: number): number {
    const slot = (hash & (LONG_SLOTS - 1)) << 2;
    const table = this.#long;
    return table[slot] === hash &&
      table[slot + 2] === length &&
      sameBytes(view, start, this.#view, table[slot + 1] as number, length)
      ? (table[slot + 3] as number)
      : 0;
  }

  keepLong(text: Uint8Array, start: number, length: number, hash: number, count: number): void {
    if (length > LONGEST) return;
    // A comparison may read up to four bytes behind a piece.
    if (this.#stored + length + 4 > STORE) {
      this.#long.fill(0);
      this.#stored = 0;
    }
    const slot = (hash & (LONG_SLOTS - 1)) << 2;
    this.#long[slot] = hash;
    this.#long[slot + 1] = this.#stored;
    this.#long[slot + 2] = length;
    this.#long[slot + 3] = count;
    for (let i = 0; i < length; i++) this.#store[this.#stored + i] = text[start + i] as number;
    this.#stored += length;
  }
}
