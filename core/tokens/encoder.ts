import { CharacterTable } from './character-table.ts';
import { CountCache } from './count-cache.ts';
import { findLastCut } from './cut.ts';
import type { EncodingName } from './encoding.ts';
import { Merger } from './merge.ts';
import { RankTable } from './rank-table.ts';
import { Scanner } from './scanner.ts';
import { TextBytes } from './text-bytes.ts';
import { FILL_HIGH, FILL_LOW, hashBytes } from './words.ts';

/** UTF-16 units that are encoded at once where the text has a place to cut. */
const SEGMENT = 1 << 16;

/** Pieces that are cut before they are counted. */
const PIECES = 1024;

/**
 * Tokens of one encoding, the same as tiktoken's `encode_ordinary`: special tokens in the text are
 * ordinary text, lone surrogates count as U+FFFD. Any text takes O(n log n). Holds its tables and
 * caches, about 10 MB.
 */
export class Encoder {
  readonly name: EncodingName;
  readonly #text = new TextBytes();
  readonly #ranks: RankTable;
  readonly #scanner: Scanner;
  readonly #merger: Merger;
  readonly #cache = new CountCache();
  readonly #ends = new Int32Array(PIECES);

  /** `table`: the file that scripts/token-tables.mjs writes. Throws when it is not that. */
  constructor(name: EncodingName, table: Uint8Array) {
    this.name = name;
    this.#ranks = new RankTable(name, table);
    this.#scanner = new Scanner(name, new CharacterTable(), this.#text);
    this.#merger = new Merger(this.#ranks);
  }

  /** The number of tokens. */
  count(text: string): number {
    let total = 0;
    for (let from = 0; from < text.length; ) {
      const to = findSegmentEnd(text, from);
      total += this.#countSegment(to - from === text.length ? text : text.slice(from, to));
      from = to;
    }
    this.#trim();
    return total;
  }

  /** The ids of the tokens. */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (let from = 0; from < text.length; ) {
      const to = findSegmentEnd(text, from);
      this.#encodeSegment(to - from === text.length ? text : text.slice(from, to), ids);
      from = to;
    }
    this.#trim();
    return ids;
  }

  #countSegment(text: string): number {
    const limit = this.#text.load(text);
    const view = this.#text.view;
    const ends = this.#ends;
    const cache = this.#cache;
    let total = 0;
    for (let start = 0; start < limit; ) {
      const pieces = this.#scanner.cut(start, limit, ends);
      for (let i = 0; i < pieces; i++) {
        const end = ends[i] as number;
        const length = end - start;
        if (length <= 8) {
          const low = view.getInt32(start, true) | (FILL_LOW[length] as number);
          const high = view.getInt32(start + 4, true) | (FILL_HIGH[length] as number);
          total += cache.short(low, high) || this.#countShort(start, end, low, high);
        } else {
          const hash = hashBytes(view, start, length);
          total += cache.long(view, start, length, hash) || this.#countLong(start, end, hash);
        }
        start = end;
      }
    }
    return total;
  }

  #countShort(start: number, end: number, low: number, high: number): number {
    const known = this.#ranks.shortRank(low, high) >= 0;
    const count = known ? 1 : this.#merger.merge(this.#text.view, start, end);
    this.#cache.keepShort(low, high, count);
    return count;
  }

  #countLong(start: number, end: number, hash: number): number {
    const { bytes, view } = this.#text;
    const length = end - start;
    const known = this.#ranks.longRank(view, start, length, hash) >= 0;
    const count = known ? 1 : this.#merger.merge(view, start, end);
    this.#cache.keepLong(bytes, start, length, hash, count);
    return count;
  }

  #encodeSegment(text: string, ids: number[]): void {
    const limit = this.#text.load(text);
    const view = this.#text.view;
    for (let start = 0; start < limit; ) {
      const pieces = this.#scanner.cut(start, limit, this.#ends);
      for (let i = 0; i < pieces; i++) {
        const end = this.#ends[i] as number;
        const rank = this.#ranks.rank(view, start, end - start);
        if (rank >= 0) ids.push(rank);
        else this.#encodePiece(start, end, ids);
        start = end;
      }
    }
  }

  #encodePiece(start: number, end: number, ids: number[]): void {
    const view = this.#text.view;
    const count = this.#merger.merge(view, start, end);
    const starts = this.#merger.starts;
    for (let i = 0; i < count; i++) {
      const from = starts[i] as number;
      ids.push(this.#ranks.rank(view, from, (starts[i + 1] as number) - from));
    }
  }

  #trim(): void {
    this.#text.trim();
    this.#merger.trim();
  }
}

/** Where to cut a long text: at a place where pieces end, or at its end where none is near. */
function findSegmentEnd(text: string, from: number): number {
  if (text.length - from <= SEGMENT) return text.length;
  const cut = findLastCut(text, from + SEGMENT / 2, from + SEGMENT);
  return cut < 0 ? text.length : cut;
}
