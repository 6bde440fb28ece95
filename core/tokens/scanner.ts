import {
  type CharacterTable,
  END_BYTE,
  HEAD,
  LETTER,
  NEWLINE,
  NUMBER,
  OTHER,
  SPACE,
  TAIL,
} from './character-table.ts';
import type { EncodingName } from './encoding.ts';
import type { TextBytes } from './text-bytes.ts';

const BLANK = 0x20;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts a text into the pieces of an encoding's split pattern, without a RegExp. The patterns
 * (`|` in the order tried):
 *
 * cl100k_base: `(?i:'s|'t|'re|'ve|'m|'ll|'d)` | `[^\r\n\p{L}\p{N}]?\p{L}+` | `\p{N}{1,3}` |
 * ` ?[^\s\p{L}\p{N}]+[\r\n]*` | `\s*[\r\n]+` | `\s+(?!\S)` | `\s+`
 *
 * o200k_base, with H = `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, T = `[\p{Ll}\p{Lm}\p{Lo}\p{M}]` and C the
 * contractions above: `[^\r\n\p{L}\p{N}]?H*T+C?` | `[^\r\n\p{L}\p{N}]?H+T*C?` | `\p{N}{1,3}` |
 * ` ?[^\s\p{L}\p{N}]+[\r\n/]*` | and the three of white space.
 */
export class Scanner {
  readonly #text: TextBytes;
  readonly #table: CharacterTable;
  /** Flags by code point. */
  readonly #flags: Uint8Array;
  /** The same by byte, without any from 0x80 on. */
  readonly #ascii = new Uint8Array(256);
  /** 1 for the ASCII characters that can stand before a word. */
  readonly #prefix = new Uint8Array(256);
  readonly #cased: boolean;
  /** What may stand among the line breaks behind other characters. */
  readonly #slash: number;
  readonly #wordFlags: number;

  constructor(name: EncodingName, table: CharacterTable, text: TextBytes) {
    this.#text = text;
    this.#table = table;
    this.#flags = table.dense;
    this.#cased = name === 'o200k_base';
    this.#slash = this.#cased ? SLASH : LF;
    this.#wordFlags = this.#cased ? HEAD | TAIL : LETTER;
    this.#ascii.set(table.dense.subarray(0, 0x80));
    for (let code = 0; code < 0x80; code++) {
      const contraction = code === APOSTROPHE && !this.#cased;
      const excluded = ((this.#ascii[code] as number) & (LETTER | NUMBER | NEWLINE)) !== 0;
      this.#prefix[code] = excluded || contraction ? 0 : 1;
    }
  }

  /**
   * Writes the ends of the pieces from byte `start` on until the text ends at `limit` or `ends` is
   * full, and returns how many they are.
   */
  cut(start: number, limit: number, ends: Int32Array): number {
    const { bytes, view } = this.#text;
    const ascii = this.#ascii;
    const prefix = this.#prefix;
    const cased = this.#cased;
    const fold = cased ? 0 : 0x20202020;
    const slash = this.#slash;
    let pieces = 0;
    for (let at = start; at < limit && pieces < ends.length; ) {
      const first = bytes[at] as number;
      const word = at + (prefix[first] as number);
      const initial = bytes[word] as number;
      const flags = ascii[initial] as number;
      let end = 0;
      if ((flags & LETTER) !== 0) {
        // An ASCII word: the letters after the first are found eight at a time.
        const low = countLettersAhead(view.getInt32(word + 1, true) | fold);
        const high = countLettersAhead(view.getInt32(word + 5, true) | fold);
        const run = low + (high & -(low >> 2));
        const behind = bytes[word + 1 + run] as number;
        if (run < 8 && (behind < 0x80 || behind === END_BYTE)) {
          if (!cased || (behind !== APOSTROPHE && (run > 0 || initial >= 0x61))) {
            end = word + 1 + run;
          }
        }
      } else if (initial >= 0x80) {
        if ((this.#flagsAt(word) & this.#wordFlags) !== 0) end = this.#word(word);
      } else if (
        prefix[first] !== 0 &&
        (((ascii[first] as number) | (first === BLANK ? flags : 0)) & OTHER) !== 0
      ) {
        let stop = at + 1;
        while (((ascii[bytes[stop] as number] as number) & OTHER) !== 0) stop++;
        while (bytes[stop] === LF || bytes[stop] === CR || bytes[stop] === slash) stop++;
        if ((bytes[stop] as number) < 0x80 || bytes[stop] === END_BYTE) end = stop;
      }
      at = end > 0 ? end : this.#piece(at);
      ends[pieces++] = at;
    }
    return pieces;
  }

  /** The end of the piece that starts here. */
  #piece(start: number): number {
    const flags = this.#flagsAt(start);
    if ((flags & this.#wordFlags) !== 0) return this.#word(start);
    if ((flags & NUMBER) !== 0) return this.#number(start);
    if ((flags & NEWLINE) !== 0) return this.#space(start);
    const bytes = this.#text.bytes;
    const first = bytes[start] as number;
    if (first === APOSTROPHE && !this.#cased) {
      const end = this.#contraction(start);
      if (end > start) return end;
    }
    const second = start + readWidth(first);
    const following = this.#flagsAt(second);
    if ((following & this.#wordFlags) !== 0) return this.#word(second);
    if ((flags & SPACE) === 0) return this.#other(second);
    return first === BLANK && (following & OTHER) !== 0 ? this.#other(second) : this.#space(start);
  }

  /**
   * `\p{L}+`, or `H*T+C?|H+T*C?`. H and T share Lm, Lo and M: where no Ll follows the H run, `H*`
   * gives back until T matches the last shared character, and without one the second alternative
   * takes the whole run.
   */
  #word(start: number): number {
    if (!this.#cased) return this.#run(start, LETTER);
    const headEnd = this.#run(start, HEAD);
    let end = this.#run(headEnd, TAIL);
    if (end === headEnd) end = this.#lastShared(start, headEnd);
    return this.#text.bytes[end] === APOSTROPHE ? this.#contraction(end) : end;
  }

  /** The end of the last character of T between these places, `end` when there is none. */
  #lastShared(start: number, end: number): number {
    const bytes = this.#text.bytes;
    for (let at = end; at > start; ) {
      let before = at - 1;
      while (((bytes[before] as number) & 0xc0) === 0x80) before--;
      if ((this.#flagsAt(before) & TAIL) !== 0) return at;
      at = before;
    }
    return end;
  }

  /** The end of a contraction whose apostrophe stands here, `start` where there is none. */
  #contraction(start: number): number {
    const bytes = this.#text.bytes;
    const second = (bytes[start + 2] as number) | 0x20;
    switch ((bytes[start + 1] as number) | 0x20) {
      case 0x73: // s
      case 0x74: // t
      case 0x6d: // m
      case 0x64: // d
        return start + 2;
      case 0x72: // re
      case 0x76: // ve
        return second === 0x65 ? start + 3 : start;
      case 0x6c: // ll
        return second === 0x6c ? start + 3 : start;
      default:
        // U+017F, the long s, folds to s.
        return bytes[start + 1] === 0xc5 && bytes[start + 2] === 0xbf ? start + 3 : start;
    }
  }

  /** `\p{N}{1,3}` */
  #number(start: number): number {
    const bytes = this.#text.bytes;
    let at = start;
    for (let digits = 0; digits < 3 && (this.#flagsAt(at) & NUMBER) !== 0; digits++) {
      at += readWidth(bytes[at] as number);
    }
    return at;
  }

  /** The rest of `[^\s\p{L}\p{N}]+[\r\n/]*`; only o200k_base has the slash. */
  #other(start: number): number {
    const bytes = this.#text.bytes;
    let at = this.#run(start, OTHER);
    while (bytes[at] === LF || bytes[at] === CR || bytes[at] === this.#slash) at++;
    return at;
  }

  /** `\s*[\r\n]+|\s+(?!\S)|\s+` */
  #space(start: number): number {
    const bytes = this.#text.bytes;
    let last = start;
    let newlineEnd = -1;
    let at = start;
    for (;;) {
      const flags = this.#flagsAt(at);
      if ((flags & SPACE) === 0) break;
      last = at;
      at += readWidth(bytes[at] as number);
      if ((flags & NEWLINE) !== 0) newlineEnd = at;
    }
    if (newlineEnd >= 0) return newlineEnd;
    return bytes[at] === END_BYTE || last === start ? at : last;
  }

  /**
   * The end of the run of characters with one of these flags. A character's width is told by
   * branches, not by a table: so the processor need not wait for it to go on to the next.
   */
  #run(start: number, mask: number): number {
    const bytes = this.#text.bytes;
    const flags = this.#flags;
    for (let at = start; ; ) {
      const lead = bytes[at] as number;
      if (lead < 0x80) {
        if (((flags[lead] as number) & mask) === 0) return at;
        at += 1;
      } else if (lead < 0xe0) {
        const code = ((lead & 0x1f) << 6) | ((bytes[at + 1] as number) & 0x3f);
        if (((flags[code] as number) & mask) === 0) return at;
        at += 2;
      } else if (lead < 0xf0) {
        const middle = ((bytes[at + 1] as number) & 0x3f) << 6;
        const code = ((lead & 0xf) << 12) | middle | ((bytes[at + 2] as number) & 0x3f);
        if (((flags[code] as number) & mask) === 0) return at;
        at += 3;
      } else {
        if ((this.#astralFlags(at) & mask) === 0) return at;
        at += 4;
      }
    }
  }

  /** Flags of the character that starts here; none behind the text. */
  #flagsAt(at: number): number {
    const bytes = this.#text.bytes;
    const lead = bytes[at] as number;
    if (lead < 0x80) return this.#flags[lead] as number;
    const second = (bytes[at + 1] as number) & 0x3f;
    if (lead < 0xe0) return this.#flags[((lead & 0x1f) << 6) | second] as number;
    if (lead >= 0xf0) return this.#astralFlags(at);
    const third = (bytes[at + 2] as number) & 0x3f;
    return this.#flags[((lead & 0xf) << 12) | (second << 6) | third] as number;
  }

  #astralFlags(at: number): number {
    const bytes = this.#text.bytes;
    const lead = bytes[at] as number;
    if (lead === END_BYTE) return 0;
    const upper = ((lead & 0x7) << 18) | (((bytes[at + 1] as number) & 0x3f) << 12);
    const lower = (((bytes[at + 2] as number) & 0x3f) << 6) | ((bytes[at + 3] as number) & 0x3f);
    return this.#table.at(upper | lower);
  }
}

/** Bytes of the character that starts with this one. */
function readWidth(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

/** How many bytes of a word, from the first on, are ASCII lower-case letters. */
function countLettersAhead(word: number): number {
  const low = word & 0x7f7f7f7f;
  // The top bit of each byte that is none: below "a", above "z" or not ASCII.
  const others = (~(low + 0x1f1f1f1f) | (low + 0x05050505) | word) & 0x80808080;
  return (32 - Math.clz32((others & -others) - 1)) >> 3;
}
