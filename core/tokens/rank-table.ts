import type { EncodingName } from './encoding.ts';
import { FILL_HIGH, FILL_LOW, hashBytes, hashPair, sameBytes } from './words.ts';

const HEADER = 32;
const PADDING = 8;

/**
 * The tokens of an encoding, from bytes to rank. Two open-addressing tables of four words an entry:
 * up to eight bytes (both words, rank + 1), and longer ones (hash, place, length, rank + 1).
 */
export class RankTable {
  readonly #data: DataView;
  readonly #short: Int32Array;
  readonly #shortMask: number;
  readonly #long: Int32Array;
  readonly #longMask: number;
  readonly #longest: number;

  /** Throws when these bytes are not the table of this encoding as scripts/token-tables.mjs writes it. */
  constructor(name: EncodingName, table: Uint8Array) {
    const { count, lengths, data } = readHeader(name, table);
    let shorts = 0;
    let longest = 0;
    for (let rank = 0; rank < count; rank++) {
      const length = lengths[rank] as number;
      if (length <= 8) shorts++;
      if (length > longest) longest = length;
    }
    this.#data = data;
    this.#longest = longest;
    this.#shortMask = capacityFor(shorts) - 1;
    this.#longMask = capacityFor(count - shorts) - 1;
    this.#short = new Int32Array((this.#shortMask + 1) * 4);
    this.#long = new Int32Array((this.#longMask + 1) * 4);
    let at = 0;
    for (let rank = 0; rank < count; rank++) {
      const length = lengths[rank] as number;
      if (length <= 8) this.#addShort(at, length, rank);
      else this.#addLong(at, length, rank);
      at += length;
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

  /** The rank of at most eight bytes, given as filled-up words. */
  shortRank(low: number, high: number): number {
    const table = this.#short;
    const mask = this.#shortMask;
    for (let slot = hashPair(low, high) & mask; ; slot = (slot + 1) & mask) {
      const entry = slot << 2;
      const value = table[entry + 2] as number;
      if (value === 0 || (table[entry] === low && table[entry + 1] === high)) return value - 1;
    }
  }

  /** The rank of more than eight bytes, given with their `hashBytes`. */
  longRank(view: DataView, start: number, length: number, hash: number): number {
    const table = this.#long;
    const mask = this.#longMask;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slot << 2;
      const value = table[entry + 3] as number;
      if (value === 0) return -1;
      if (
        table[entry] === hash &&
        table[entry + 2] === length &&
        sameBytes(view, start, this.#data, table[entry + 1] as number, length)
      ) {
        return value - 1;
      }
    }
  }

  #addShort(at: number, length: number, rank: number): void {
    const low = this.#data.getInt32(at, true) | (FILL_LOW[length] as number);
    const high = this.#data.getInt32(at + 4, true) | (FILL_HIGH[length] as number);
    let slot = hashPair(low, high) & this.#shortMask;
    while (this.#short[(slot << 2) + 2] !== 0) slot = (slot + 1) & this.#shortMask;
    const entry = slot << 2;
    this.#short[entry] = low;
    this.#short[entry + 1] = high;
    this.#short[entry + 2] = rank + 1;
  }

  #addLong(at: number, length: number, rank: number): void {
    const hash = hashBytes(this.#data, at, length);
    let slot = hash & this.#longMask;
    while (this.#long[(slot << 2) + 3] !== 0) slot = (slot + 1) & this.#longMask;
    const entry = slot << 2;
    this.#long[entry] = hash;
    this.#long[entry + 1] = at;
    this.#long[entry + 2] = length;
    this.#long[entry + 3] = rank + 1;
  }
}

/** A power of two that leaves more than a third of the slots empty. */
function capacityFor(entries: number): number {
  let capacity = 16;
  while (capacity < entries * 1.5) capacity *= 2;
  return capacity;
}

function readHeader(name: EncodingName, table: Uint8Array) {
  const file = new DataView(table.buffer, table.byteOffset, table.byteLength);
  if (table.length < HEADER || file.getUint32(0, true) !== 0x54525350) {
    throw new Error(`the token table of ${name} is not a token table: build the project again`);
  }
  const count = file.getUint32(4, true);
  const size = file.getUint32(8, true);
  let stored = '';
  for (let at = 16; at < HEADER && table[at] !== 0; at++) {
    stored += String.fromCharCode(table[at] as number);
  }
  if (stored !== name) throw new Error(`the token table of ${name} holds ${stored}`);
  if (table.length % 4 !== 0 || table.length < HEADER + count + size + PADDING) {
    throw new Error(`the token table of ${name} is cut off: build the project again`);
  }
  let hash = 0x811c9dc5;
  for (let at = HEADER; at < table.length; at += 4) {
    hash = Math.imul(hash ^ file.getInt32(at, true), 0x01000193);
  }
  if (hash >>> 0 !== file.getUint32(12, true)) {
    throw new Error(`the token table of ${name} is damaged: build the project again`);
  }
  const body = table.byteOffset + HEADER;
  return {
    count,
    lengths: new Uint8Array(table.buffer, body, count),
    data: new DataView(table.buffer, body + count, size + PADDING),
  };
}
