import { type Lexicon, ROT13_IMAGE, type WordId } from './lexicon.ts';

/** A text as words in order: the lexicon id, the span and the boundary before each. */
export interface Words {
  readonly count: number;
  readonly ids: Uint16Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 1 where a sentence or paragraph ends before the word. */
  readonly breaks: Uint8Array;
  /** Words with digits instead of letters that are known words without them. */
  readonly leet: number;
  /** Words that are known words in ROT13 or reversed. */
  readonly rot13: number;
  readonly reversed: number;
}

/** Maximum letters without spaces that are searched for words in one text. */
const SEGMENTED_AT_MOST = 20_000;
/** From this length on, an unknown word may be several words without spaces. */
const MIN_RUN = 14;
const MAX_WORD = 32;

/** Splits a normalized text into words. Linear in the text's length. */
export function readWords(text: string, lexicon: Lexicon, readsDigits = false): Words {
  return new WordReader(text, lexicon, readsDigits).read();
}

const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const APOSTROPHE = 3;
/** Ends a sentence. */
const STOP = 4;
const NEWLINE = 5;
const UNSPACED = 6;
const WIDE = 7;

const CLASSES = new Uint8Array(128);
for (let code = 97; code <= 122; code++) CLASSES[code] = LETTER;
for (let code = 65; code <= 90; code++) CLASSES[code] = LETTER;
for (let code = 48; code <= 57; code++) CLASSES[code] = DIGIT;
CLASSES[39] = APOSTROPHE;
for (const char of '.!?;') CLASSES[char.charCodeAt(0)] = STOP;
CLASSES[10] = NEWLINE;

const LEET_SIGNS = new Set([...'@$!|+€'].map((char) => char.charCodeAt(0)));

function classifyCharacter(code: number): number {
  if (code < 128) return CLASSES[code] ?? OTHER;
  if (code < 0xc0) return OTHER;
  if (code >= 0x0e00 && code <= 0x0e7f) return UNSPACED;
  if (code < 0x2000) return LETTER;
  if (code < 0x2c00) return OTHER;
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f) return STOP;
  if (code >= 0x3040 && code <= 0x30ff) return UNSPACED;
  if (code >= 0x3400 && code <= 0x9fff) return UNSPACED;
  if (code >= 0xac00 && code <= 0xd7af) return UNSPACED;
  if (code < 0x3040) return code < 0x2e80 ? LETTER : OTHER;
  if (code >= 0xd800 && code <= 0xdfff) return WIDE;
  return code >= 0xe000 && code < 0xf900 ? OTHER : LETTER;
}

class WordReader {
  readonly #text: string;
  readonly #lexicon: Lexicon;
  readonly #readsDigits: boolean;
  #ids: Uint16Array;
  #starts: Uint32Array;
  #ends: Uint32Array;
  #breaks: Uint8Array;
  #count = 0;
  #leet = 0;
  #rot13 = 0;
  #reversed = 0;
  #budget = SEGMENTED_AT_MOST;
  #break = 1;

  constructor(text: string, lexicon: Lexicon, readsDigits: boolean) {
    this.#text = text;
    this.#lexicon = lexicon;
    this.#readsDigits = readsDigits;
    const capacity = Math.ceil(text.length / 2) + 8;
    this.#ids = new Uint16Array(capacity);
    this.#starts = new Uint32Array(capacity);
    this.#ends = new Uint32Array(capacity);
    this.#breaks = new Uint8Array(capacity);
  }

  read(): Words {
    const { length } = this.#text;
    for (let at = 0; at < length; ) at = this.#next(at);
    return {
      count: this.#count,
      ids: this.#ids,
      starts: this.#starts,
      ends: this.#ends,
      breaks: this.#breaks,
      leet: this.#leet,
      rot13: this.#rot13,
      reversed: this.#reversed,
    };
  }

  #next(at: number): number {
    const text = this.#text;
    const code = text.charCodeAt(at);
    const kind = classifyCharacter(code);
    switch (kind) {
      case LETTER:
      case DIGIT:
        return this.#word(at);
      case UNSPACED:
        return this.#unspaced(at);
      case STOP:
        // A period inside a number or an abbreviation does not end a sentence.
        if (!isInside(classifyCharacter(text.charCodeAt(at + 1)))) this.#break = 1;
        return at + 1;
      case NEWLINE: {
        let to = at + 1;
        while (to < text.length && isSpace(text.charCodeAt(to))) to++;
        if (text.slice(at + 1, to).includes('\n')) this.#break = 1;
        return to;
      }
      default:
        return this.#readsDigits && LEET_SIGNS.has(code) ? this.#word(at) : at + 1;
    }
  }

  #word(start: number): number {
    const text = this.#text;
    let at = start;
    let letters = 0;
    let digits = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const kind = classifyCharacter(code);
      if (kind === LETTER) letters++;
      else if (kind === DIGIT) digits++;
      else if (kind === APOSTROPHE) {
        if (classifyCharacter(text.charCodeAt(at + 1)) !== LETTER) break;
      } else if (this.#readsDigits && LEET_SIGNS.has(code)) digits++;
      else break;
    }
    const length = at - start;
    const word = length > MAX_WORD ? '' : text.slice(start, at);
    let id = length <= this.#lexicon.longest ? this.#lexicon.id(word) : 0;
    if (id < 0) {
      if (id === ROT13_IMAGE) this.#rot13++;
      else this.#reversed++;
      id = 0;
    }
    if (id === 0 && length <= MAX_WORD && digits > 0 && (letters > 0 || this.#readsDigits)) {
      id = this.#unleet(word);
      if (id > 0) this.#leet++;
    }
    if (id === 0 && digits === 0 && length >= MIN_RUN && this.#budget > 0) {
      this.#budget -= length;
      return this.#segment(start, Math.min(at, start + SEGMENTED_AT_MOST));
    }
    this.#push(id, start, at);
    return at;
  }

  /** 1 may be i or l; returns the first reading that is a word. */
  #unleet(word: string): WordId {
    let plain = '';
    let ones = 0;
    for (const char of word) {
      const letter = LEET_LETTERS[char] ?? char;
      if (letter === '1') ones++;
      plain += letter;
    }
    for (let bits = 0; bits < 1 << Math.min(ones, 4); bits++) {
      let i = 0;
      const id = this.#lexicon.id(plain.replace(/1/g, () => ((bits >> i++) & 1 ? 'l' : 'i')));
      if (id > 0) return id;
    }
    return 0;
  }

  /** Scripts without spaces: takes the longest known word at each offset; the rest counts as words of two characters. */
  #unspaced(start: number): number {
    const text = this.#text;
    const known = this.#longestAt(start, Math.min(text.length, start + 10), 1);
    if (known > start) {
      this.#push(this.#lexicon.id(text.slice(start, known)), start, known);
      return known;
    }
    const last = this.#count - 1;
    const isPair =
      last >= 0 &&
      this.#ids[last] === 0 &&
      this.#ends[last] === start &&
      this.#break === 0 &&
      start - (this.#starts[last] ?? 0) === 1;
    if (isPair) this.#ends[last] = start + 1;
    else this.#push(0, start, start + 1);
    return start + 1;
  }

  /** Splits a long run of letters into known words; the rest counts as words of five letters. */
  #segment(start: number, end: number): number {
    let from = start;
    for (let at = start; at < end; ) {
      const to = this.#longestAt(at, Math.min(end, at + 16), 3);
      if (to === at) at++;
      else {
        this.#fill(from, at);
        this.#push(this.#lexicon.id(this.#text.slice(at, to)), at, to);
        from = to;
        at = to;
      }
    }
    this.#fill(from, end);
    return end;
  }

  #fill(start: number, end: number): void {
    for (let at = start; at < end; at += 5) this.#push(0, at, Math.min(end, at + 5));
  }

  #longestAt(start: number, end: number, shortest: number): number {
    for (let to = end; to >= start + shortest; to--)
      if (this.#lexicon.id(this.#text.slice(start, to)) > 0) return to;
    return start;
  }

  #push(id: WordId, start: number, end: number): void {
    const i = this.#count++;
    if (i === this.#ids.length) this.#grow();
    this.#ids[i] = id;
    this.#starts[i] = start;
    this.#ends[i] = end;
    this.#breaks[i] = this.#break;
    this.#break = 0;
  }

  /** In a script without spaces, every character may be a word. */
  #grow(): void {
    const size = this.#ids.length * 2;
    const grown = <T extends Uint8Array | Uint16Array | Uint32Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#ids = grown(this.#ids, new Uint16Array(size));
    this.#starts = grown(this.#starts, new Uint32Array(size));
    this.#ends = grown(this.#ends, new Uint32Array(size));
    this.#breaks = grown(this.#breaks, new Uint8Array(size));
  }
}

const LEET_LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': '1',
  '|': '1',
  '+': 't',
  '€': 'e',
};

function isInside(kind: number): boolean {
  return kind === LETTER || kind === DIGIT;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
