import type { EncodingName } from './encoding.ts';
import { equalBytes, FILL_HIGH, FILL_LOW, hashBytes, hashPair } from './words.ts';

const HEADER = 36;
/** `PSR2`, read as a little-endian word. */
const MAGIC = 0x32525350;
const PADDING = 8;

/** The longest table whose places and lengths fit into one word together. */
const MAX_SIZE = 1 << 23;

/**
 * The tokens of an encoding, from bytes to rank. Two open-addressing tables of three words an entry:
 * up to eight bytes (both words, rank + 1), and longer ones (hash, place × 256 + length, rank + 1).
 */
export class RankTable {
  readonly #data: DataView;
  readonly #pairs = new Int32Array(0x10000).fill(-1);
  readonly #open = new Uint8Array(0x10000);
  readonly #short: Int32Array;
  readonly #shortMask: number;
  readonly #long: Int32Array;
  readonly #longMask: number;
  readonly #longest: number;

  /** Throws when these bytes are not the table of this encoding as scripts/token-tables.mjs writes it. */
  constructor(name: EncodingName, table: Uint8Array) {
    const { lengths, data, size, open } = readHeader(name, table);
    let shorts = 0;
    let longest = 0;
    for (const length of lengths) {
      if (length <= 8) shorts++;
      if (length > longest) longest = length;
    }
    this.#data = data;
    this.#longest = longest;
    this.#shortMask = computeCapacity(shorts) - 1;
    this.#longMask = computeCapacity(lengths.length - shorts) - 1;
    this.#short = new Int32Array((this.#shortMask + 1) * 3);
    this.#long = new Int32Array((this.#longMask + 1) * 3);
    for (let i = 0; i < open; i++) this.#open[data.getUint16(size + 2 * i, true)] = 1;
    // From the end, where short and long tokens alternate: V8 then compiles the loop but once.
    let at = size;
    for (let rank = lengths.length - 1; rank >= 0; rank--) {
      const length = lengths[rank] as number;
      at -= length;
      if (length <= 8) this.#addShort(at, length, rank);
      else this.#addLong(at, length, rank);
    }
  }

  /** The rank of `length` bytes of UTF-8, -1 when they are no token. */
  rank(view: DataView, start: number, length: number): number {
    if (length <= 8) {
      return this.shortRank(
        view.getInt32(start, true) | (FILL_LOW[length] as number),
        view.getInt32(start + 4, true) | (FILL_HIGH[length] as number),
      );
    }
    if (length > this.#longest) return -1;
    return this.longRank(view, start, length, hashBytes(view, start, length));
  }

  /** The rank of two bytes. */
  pairRank(view: DataView, start: number): number {
    return this.#pairs[view.getUint16(start, true)] as number;
  }

  /**
   * True when a token crosses between these two bytes, the last of a character and the first of the
   * next, that holds one of the characters in part.
   */
  isOpen(view: DataView, start: number): boolean {
    return this.#open[view.getUint16(start, true)] !== 0;
  }

  /** The rank of at most eight bytes, given as filled-up words. */
  shortRank(low: number, high: number): number {
    const table = this.#short;
    const mask = this.#shortMask;
    for (let slot = hashPair(low, high) & mask; ; slot = (slot + 1) & mask) {
      const entry = slot * 3;
      const value = table[entry + 2] as number;
      if (value === 0 || (table[entry] === low && table[entry + 1] === high)) return value - 1;
    }
  }

  /** The rank of more than eight bytes, given with their `hashBytes`. */
  longRank(view: DataView, start: number, length: number, hash: number): number {
    const table = this.#long;
    const mask = this.#longMask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slot * 3;
      const value = table[entry + 2] as number;
      if (value === 0) return -1;
      if (table[entry] !== hash) continue;
      const place = table[entry + 1] as number;
      if ((place & 0xff) === length && equalBytes(view, start, this.#data, place >> 8, length)) {
        return value - 1;
      }
    }
  }

  #addShort(at: number, length: number, rank: number): void {
    const table = this.#short;
    const mask = this.#shortMask;
    const low = this.#data.getInt32(at, true) | (FILL_LOW[length] as number);
    const high = this.#data.getInt32(at + 4, true) | (FILL_HIGH[length] as number);
    let slot = hashPair(low, high) & mask;
    while (table[slot * 3 + 2] !== 0) slot = (slot + 1) & mask;
    table[slot * 3] = low;
    table[slot * 3 + 1] = high;
    table[slot * 3 + 2] = rank + 1;
    if (length === 2) this.#pairs[low & 0xffff] = rank;
  }

  #addLong(at: number, length: number, rank: number): void {
    const table = this.#long;
    const mask = this.#longMask;
    const hash = hashBytes(this.#data, at, length);
    let slot = hash & mask;
    while (table[slot * 3 + 2] !== 0) slot = (slot + 1) & mask;
    table[slot * 3] = hash;
    table[slot * 3 + 1] = (at << 8) | length;
    table[slot * 3 + 2] = rank + 1;
  }
}

/** A power of two that leaves more than a third of the slots empty. */
function computeCapacity(entries: number): number {
  let capacity = 16;
  while (capacity < entries * 1.5) capacity *= 2;
  return capacity;
}

function readHeader(name: EncodingName, table: Uint8Array) {
  const file = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (table.length < HEADER || file.getUint32(0, true) !== MAGIC) {
    throw new Error(`the token table of ${name} is not a token table: build the project again`);
  }
  const count = file.getUint32(4, true);
  const size = file.getUint32(8, true);
  const open = file.getUint32(12, true);
  let stored = '';
  for (let at = 20; at < HEADER && table[at] !== 0; at++) {
    stored += String.fromCharCode(table[at] as number);
  }
  if (stored !== name) throw new Error(`the token table of ${name} contains ${stored}`);
  const needed = HEADER + count + size + 2 * open + PADDING;
  if (table.length % 4 !== 0 || table.length < needed || size > MAX_SIZE) {
    throw new Error(`the token table of ${name} is cut off: build the project again`);
  }
  let hash = 0x811c9dc5;
  for (let at = HEADER; at < table.length; at += 4) {
    hash = Math.imul(hash ^ file.getInt32(at, true), 0x01000193);
  }
  if (hash >>> 0 !== file.getUint32(16, true)) {
    throw new Error(`the token table of ${name} is damaged: build the project again`);
  }
  const body = table.byteOffset + HEADER;
  return {
    size,
    open,
    lengths: new Uint8Array(table.buffer, body, count),
    /** The tokens' bytes, then the open pairs. */
    data: new DataView(table.buffer, body + count, size + 2 * open + PADDING),
  };
}
