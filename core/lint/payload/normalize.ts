import { ScalarMap } from '../../prompt/scalar-map.ts';
import { CAPITAL_LOOK_ALIKES, LOOK_ALIKES } from './look-alikes.ts';

/** How a text was disguised from filters while models can still read it. */
export type Disguise = 'invisible' | 'tags' | 'selectors' | 'entities' | 'escapes' | 'look-alikes';

/** A text as a reader sees it: in lower case, with compatibility forms and look-alikes folded, and escapes decoded. */
export interface Normalized {
  readonly text: string;
  readonly disguises: ReadonlySet<Disguise>;
  /** Maps offsets of `text` to offsets of the original text, and back. */
  readonly map: ScalarMap;
}

/** Anything that the fast path cannot process: other alphabets, entities, escapes. */
const SPECIAL = /\P{ASCII}|&[#a-z]|\\[ux]|%[2-7]/iu;

/** Undoes the disguises of words. Linear in the text's length. */
export function normalize(source: string): Normalized {
  if (!SPECIAL.test(source)) {
    const runs = source === '' ? [] : [0, 0, 1];
    return {
      text: source.toLowerCase(),
      disguises: new Set(),
      map: new ScalarMap(source, runs, source.length),
    };
  }
  const reader = new Reader(source);
  return reader.read();
}

/** Characters that readers do not see: zero-width, bidirectional, joiners, fillers, variation selectors. */
export function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x1160 ||
    (code >= 0x180b && code <= 0x180e) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xe0100 && code <= 0xe01ef)
  );
}

/** The byte that a variation selector encodes in a run that carries data; -1 for other characters. */
export function selectorByte(code: number): number {
  if (code >= 0xfe00 && code <= 0xfe0f) return code - 0xfe00;
  if (code >= 0xe0100 && code <= 0xe01ef) return code - 0xe0100 + 16;
  return -1;
}

class Reader {
  readonly #source: string;
  #out = '';
  readonly #runs: number[] = [];
  readonly #disguises = new Set<Disguise>();
  #isCopying = false;
  /** The last character of `#out`: reading the end of a growing string would copy it each time. */
  #last = '';
  #hasTwins = false;
  /** The look-alikes of upper-case letters in the source, by their offset in `#out`. */
  readonly #capitals = new Map<number, string>();

  constructor(source: string) {
    this.#source = source;
  }

  read(): Normalized {
    const source = this.#source;
    for (let at = 0; at < source.length; ) {
      const code = source.codePointAt(at) ?? 0;
      const length = code > 0xffff ? 2 : 1;
      if (code < 0x80) at = this.#ascii(code, at);
      else at = this.#other(code, at, length);
    }
    const text = this.#foldLookAlikes();
    return {
      text,
      disguises: this.#disguises,
      map: new ScalarMap(text, this.#runs, source.length),
    };
  }

  #ascii(code: number, at: number): number {
    const written = code === 38 || code === 92 || code === 37 ? readEscape(this.#source, at) : null;
    if (written) {
      this.#disguises.add(written.kind);
      this.#put(written.text.toLowerCase(), at);
      return at + written.length;
    }
    if (!this.#isCopying) {
      this.#runs.push(this.#out.length, at, 1);
      this.#isCopying = true;
    }
    this.#last = String.fromCharCode(code >= 65 && code <= 90 ? code + 32 : code);
    this.#out += this.#last;
    return at + 1;
  }

  #other(code: number, at: number, length: number): number {
    const source = this.#source;
    if (code >= 0xe0000 && code <= 0xe007f) {
      const isText = code >= 0xe0020 && code < 0xe007f;
      if (isText) {
        this.#disguises.add('tags');
        this.#put(String.fromCharCode(code - 0xe0000).toLowerCase(), at);
      } else this.#isCopying = false;
      return at + length;
    }
    if (selectorByte(code) >= 0) return this.#selectors(at);
    if (isInvisible(code)) {
      // Between letters it hides a word; next to emoji and in other scripts it is legitimate.
      if (/[a-z]/.test(this.#last) && /[A-Za-z]/.test(source.charAt(at + length)))
        this.#disguises.add('invisible');
      this.#isCopying = false;
      return at + length;
    }
    const char = String.fromCodePoint(code);
    if (/\p{Mn}/u.test(char) && /[a-z\s]/.test(this.#last)) {
      this.#isCopying = false;
      return at + length;
    }
    const folded = foldChar(char, code);
    const capital = CAPITAL_LOOK_ALIKES.get(char);
    if (capital) this.#capitals.set(this.#out.length, capital);
    this.#hasTwins ||= capital !== undefined || LOOK_ALIKES.has(folded);
    this.#put(folded, at);
    return at + length;
  }

  /** Decodes a run of variation selectors, which can carry bytes; one or two only select a glyph. */
  #selectors(start: number): number {
    const source = this.#source;
    const bytes: number[] = [];
    let at = start;
    for (; at < source.length; ) {
      const code = source.codePointAt(at) ?? 0;
      const byte = selectorByte(code);
      if (byte < 0) break;
      bytes.push(byte);
      at += code > 0xffff ? 2 : 1;
    }
    this.#isCopying = false;
    if (bytes.length >= 4) {
      this.#disguises.add('selectors');
      this.#put(` ${new TextDecoder().decode(Uint8Array.from(bytes)).toLowerCase()}`, start);
    }
    return at;
  }

  #put(text: string, at: number): void {
    this.#isCopying = false;
    if (text === '') return;
    this.#runs.push(this.#out.length, at, 0);
    this.#out += text;
    this.#last = text.at(-1) ?? '';
  }

  /** Folds look-alikes in words that also contain Latin letters, and in texts that are mostly Latin. */
  #foldLookAlikes(): string {
    const text = this.#out;
    if (!this.#hasTwins) return text;
    const latin = text.match(/[a-z]/g)?.length ?? 0;
    const other = text.match(/\P{ASCII}/gu)?.length ?? 0;
    const isLatin = latin > other;
    return text.replace(/[\p{L}\p{M}]+/gu, (word, at: number) => {
      if (!/\P{ASCII}/u.test(word)) return word;
      const folded = word.replace(
        /[^a-z]/gu,
        (char, i: number) => this.#capitals.get(at + i) ?? LOOK_ALIKES.get(char) ?? char,
      );
      const isMixed = /[a-z]/.test(word) || (isLatin && !/[^a-z]/.test(folded));
      if (!isMixed || folded === word) return word;
      this.#disguises.add('look-alikes');
      return folded;
    });
  }
}

const ESCAPE =
  /&#x([0-9a-f]{1,6});?|&#(\d{1,7});?|&(lt|gt|amp|quot|apos|nbsp|newline|tab|colon|period|comma|excl|lowbar|lpar|rpar);|\\u\{([0-9a-f]{1,6})\}|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|%([2-7][0-9a-f])/iy;

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  newline: '\n',
  tab: '\t',
  colon: ':',
  period: '.',
  comma: ',',
  excl: '!',
  lowbar: '_',
  lpar: '(',
  rpar: ')',
};

/** An HTML entity, a JavaScript escape or a percent-encoded ASCII character. */
function readEscape(
  source: string,
  at: number,
): { kind: 'entities' | 'escapes'; text: string; length: number } | null {
  ESCAPE.lastIndex = at;
  const match = ESCAPE.exec(source);
  if (!match) return null;
  const [whole, hex, decimal, name, braced, unicode, byte, percent] = match;
  const length = whole.length;
  if (name) return { kind: 'entities', text: NAMED[name.toLowerCase()] ?? ' ', length };
  const code = decimal
    ? Number(decimal)
    : Number.parseInt(hex ?? braced ?? unicode ?? byte ?? percent ?? '', 16);
  if (!(code > 0 && code <= 0x10ffff)) return null;
  const text = foldChar(String.fromCodePoint(code), code);
  return { kind: hex || decimal ? 'entities' : 'escapes', text, length };
}

/** Letters that NFKC keeps, though readers take them for others. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  '“': '"',
  '”': '"',
};

/** Folds one character: lower case, without its compatibility form, and without accents on Latin letters. */
function foldChar(char: string, code: number): string {
  if (code >= 0x1f1e6 && code <= 0x1f1ff) return String.fromCharCode(97 + code - 0x1f1e6);
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(97 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(97 + code - 0x1f170);
  const lower = char.normalize('NFKC').toLowerCase();
  const known =
    LETTERS[lower] ?? (/\p{Script=Latin}/u.test(lower) ? LOOK_ALIKES.get(lower) : undefined);
  if (known !== undefined) return known;
  const bare = lower.normalize('NFD');
  return /^[a-z]\p{Mn}+$/u.test(bare) ? (bare[0] ?? lower) : lower;
}
