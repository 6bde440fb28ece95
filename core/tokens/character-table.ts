import { CHARACTER_CLASSES } from './character-classes.ts';

/** Can stand in the part of a word before its first lower-case letter: Lu, Lt, Lm, Lo, M. */
export const HEAD = 1;
/** Can stand in the lower-case part of a word: Ll, Lm, Lo, M. */
export const TAIL = 2;
/** \p{L} */
export const LETTER = 4;
/** \p{N} */
export const NUMBER = 8;
/** \s as Rust understands it: the property White_Space, so with U+0085 and without U+FEFF. */
export const SPACE = 16;
/** CR or LF, which are `SPACE` too. */
export const NEWLINE = 32;
/** [^\s\p{L}\p{N}], so marks too. */
export const OTHER = 64;

/** The byte that stands behind a text: UTF-8 never contains it. */
export const END_BYTE = 0xff;

/** In the order of the generated classes: others, Lu and Lt, Ll, Lm and Lo, M, N, spaces, line breaks. */
const FLAGS = [
  OTHER,
  HEAD | LETTER,
  TAIL | LETTER,
  HEAD | TAIL | LETTER,
  HEAD | TAIL | OTHER,
  NUMBER,
  SPACE,
  SPACE | NEWLINE,
] as const;

/** Code points from here on have few runs and are found by bisection instead. */
const DENSE = 0x20000;

/** What the split patterns ask of a character. */
export class CharacterTable {
  /** Flags of the code points below 0x20000. */
  readonly dense = new Uint8Array(DENSE);
  readonly #sparseStarts: number[] = [];
  readonly #sparseFlags: number[] = [];

  constructor() {
    let start = 0;
    for (const { length, flags } of runs()) {
      this.dense.fill(flags, start, Math.min(start + length, DENSE));
      if (start + length > DENSE) {
        this.#sparseStarts.push(start);
        this.#sparseFlags.push(flags);
      }
      start += length;
    }
  }

  /** Flags of a code point. */
  at(codePoint: number): number {
    return codePoint < DENSE ? (this.dense[codePoint] as number) : this.#sparse(codePoint);
  }

  #sparse(codePoint: number): number {
    let low = 0;
    let high = this.#sparseStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#sparseStarts[middle] as number) <= codePoint) low = middle;
      else high = middle - 1;
    }
    return this.#sparseFlags[low] as number;
  }
}

function* runs(): Generator<{ length: number; flags: number }> {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < CHARACTER_CLASSES.length; i++) {
    const digit = readDigit(CHARACTER_CLASSES.charCodeAt(i));
    value += (digit % 32) * scale;
    scale *= 32;
    if (digit < 32) {
      yield { length: Math.floor(value / 8), flags: FLAGS[value % 8] as number };
      value = 0;
      scale = 1;
    }
  }
}

/** The value of a digit of the alphabet A–Z a–z 0–9 + /. */
function readDigit(code: number): number {
  if (code >= 0x61) return code - 0x61 + 26;
  if (code >= 0x41) return code - 0x41;
  if (code >= 0x30) return code - 0x30 + 52;
  return code === 0x2b ? 62 : 63;
}
