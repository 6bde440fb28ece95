import {
  type CharacterTable,
  END,
  HEAD,
  LETTER,
  NEWLINE,
  NUMBER,
  SPACE,
  TAIL,
  WIDE,
} from './character-table.ts';
import type { EncodingName } from './encoding.ts';
import type { TextBytes } from './text-bytes.ts';

const APOSTROPHE = 0x27;
const NOT_OTHER = LETTER | NUMBER | SPACE | END;

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
  readonly #ascii: Uint8Array;
  readonly #cased: boolean;
  readonly #wordFlags: number;

  constructor(name: EncodingName, table: CharacterTable, text: TextBytes) {
    this.#text = text;
    this.#table = table;
    this.#ascii = table.bytes;
    this.#cased = name === 'o200k_base';
    this.#wordFlags = this.#cased ? HEAD | TAIL : LETTER;
  }

  /** The end of the piece that starts at this byte; the text must not end there. */
  next(start: number): number {
    const bytes = this.#text.bytes;
    const first = bytes[start] as number;
    let flags = this.#ascii[first] as number;
    let width = 1;
    if (flags === WIDE) {
      const wide = this.#wide(start);
      flags = wide & 0xff;
      width = wide >> 8;
    }
    if ((flags & this.#wordFlags) !== 0) return this.#word(start);
    if ((flags & NUMBER) !== 0) return this.#number(start + width);
    if ((flags & NEWLINE) !== 0) return this.#space(start);
    if (first === APOSTROPHE && !this.#cased) {
      const end = this.#contraction(start);
      if (end > start) return end;
    }
    const second = start + width;
    let following = this.#ascii[bytes[second] as number] as number;
    if (following === WIDE) following = this.#wide(second) & 0xff;
    if ((following & this.#wordFlags) !== 0) return this.#word(second);
    if ((flags & SPACE) === 0) return this.#other(start);
    if (first === 0x20 && (following & NOT_OTHER) === 0) return this.#other(second);
    return this.#space(start);
  }

  #word(start: number): number {
    return this.#cased ? this.#casedWord(start) : this.#letters(start);
  }

  /** `\p{L}+` */
  #letters(start: number): number {
    const bytes = this.#text.bytes;
    const ascii = this.#ascii;
    let at = start;
    for (;;) {
      while (((ascii[bytes[at] as number] as number) & LETTER) !== 0) at++;
      if (ascii[bytes[at] as number] !== WIDE) return at;
      const wide = this.#wide(at);
      if ((wide & LETTER) === 0) return at;
      at += wide >> 8;
    }
  }

  /**
   * `H*T+C?|H+T*C?`. H and T share Lm, Lo and M: where no Ll follows the H run, `H*` gives back until
   * T matches the last shared character, and without one the second alternative takes the whole run.
   */
  #casedWord(start: number): number {
    const bytes = this.#text.bytes;
    const ascii = this.#ascii;
    let at = start;
    let sharedEnd = -1;
    let flags: number;
    let width: number;
    for (;;) {
      flags = ascii[bytes[at] as number] as number;
      width = 1;
      if (flags === WIDE) {
        const wide = this.#wide(at);
        flags = wide & 0xff;
        width = wide >> 8;
      }
      if ((flags & HEAD) === 0) break;
      at += width;
      if ((flags & TAIL) !== 0) sharedEnd = at;
    }
    if ((flags & TAIL) !== 0) at = this.#tail(at + width);
    else if (sharedEnd >= 0) at = sharedEnd;
    return bytes[at] === APOSTROPHE ? this.#contraction(at) : at;
  }

  /** `T*` */
  #tail(start: number): number {
    const bytes = this.#text.bytes;
    const ascii = this.#ascii;
    let at = start;
    for (;;) {
      while (((ascii[bytes[at] as number] as number) & TAIL) !== 0) at++;
      if (ascii[bytes[at] as number] !== WIDE) return at;
      const wide = this.#wide(at);
      if ((wide & TAIL) === 0) return at;
      at += wide >> 8;
    }
  }

  /** The end of a contraction whose apostrophe stands here, or `start` where there is none. */
  #contraction(start: number): number {
    const bytes = this.#text.bytes;
    const letter = (bytes[start + 1] as number) | 0x20;
    const second = (bytes[start + 2] as number) | 0x20;
    switch (letter) {
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

  /** `\p{N}{1,3}`, the first of them read. */
  #number(start: number): number {
    const bytes = this.#text.bytes;
    let at = start;
    for (let more = 2; more > 0; more--) {
      let flags = this.#ascii[bytes[at] as number] as number;
      let width = 1;
      if (flags === WIDE) {
        const wide = this.#wide(at);
        flags = wide & 0xff;
        width = wide >> 8;
      }
      if ((flags & NUMBER) === 0) return at;
      at += width;
    }
    return at;
  }

  /** `[^\s\p{L}\p{N}]+[\r\n/]*` of o200k_base, without the `/` of cl100k_base. */
  #other(start: number): number {
    const bytes = this.#text.bytes;
    const ascii = this.#ascii;
    let at = start;
    for (;;) {
      let flags = ascii[bytes[at] as number] as number;
      let width = 1;
      if (flags === WIDE) {
        const wide = this.#wide(at);
        flags = wide & 0xff;
        width = wide >> 8;
      }
      if ((flags & NOT_OTHER) !== 0) break;
      at += width;
    }
    while (bytes[at] === 0x0a || bytes[at] === 0x0d || (this.#cased && bytes[at] === 0x2f)) at++;
    return at;
  }

  /** `\s*[\r\n]+|\s+(?!\S)|\s+` */
  #space(start: number): number {
    const bytes = this.#text.bytes;
    const ascii = this.#ascii;
    let at = start;
    let last = start;
    let newlineEnd = -1;
    let flags: number;
    for (;;) {
      flags = ascii[bytes[at] as number] as number;
      let width = 1;
      if (flags === WIDE) {
        const wide = this.#wide(at);
        flags = wide & 0xff;
        width = wide >> 8;
      }
      if ((flags & SPACE) === 0) break;
      last = at;
      at += width;
      if ((flags & NEWLINE) !== 0) newlineEnd = at;
    }
    if (newlineEnd >= 0) return newlineEnd;
    return flags === END || last === start ? at : last;
  }

  /** Flags of the character of several bytes that starts here, and its length times 256. */
  #wide(at: number): number {
    const bytes = this.#text.bytes;
    const lead = bytes[at] as number;
    const second = (bytes[at + 1] as number) & 0x3f;
    if (lead < 0xe0) return 0x200 | this.#table.at(((lead & 0x1f) << 6) | second);
    const third = (bytes[at + 2] as number) & 0x3f;
    if (lead < 0xf0) return 0x300 | this.#table.at(((lead & 0xf) << 12) | (second << 6) | third);
    const fourth = (bytes[at + 3] as number) & 0x3f;
    return (
      0x400 | this.#table.at(((lead & 0x7) << 18) | (second << 12) | (third << 6) | fourth)
    );
  }
}
