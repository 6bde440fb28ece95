import type { Span } from './text.ts';

/** What bytes that are not UTF-8 look like. `mixed`: UTF-8 with bytes of another encoding in it. */
export type LikelyEncoding =
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1252'
  | 'mixed'
  | 'unknown'
  | 'binary';

/** Why bytes are not a text in UTF-8. */
export interface EncodingProblem {
  /** The first line with such bytes, from 1. */
  readonly line: number;
  readonly looksLike: LikelyEncoding;
  /** True if a byte order mark names the encoding; without one it is a guess. */
  readonly isCertain: boolean;
  /** The text as editors decode it that take it for UTF-8: bad bytes are U+FFFD. Never to be written. */
  readonly lossy: string;
  /** The text in the encoding that it looks like, without a byte order mark; null if that is not known. */
  readonly converted: string | null;
}

/**
 * Decodes a file that a user wrote: UTF-8, whose byte order mark stays. Anything else is a problem: a
 * replaced character would be sent, tested and written as if somebody had meant it.
 */
export function decodeText(
  bytes: Uint8Array,
): { readonly text: string } | { readonly problem: EncodingProblem } {
  const text = decode(bytes, 'utf-8');
  if (text !== null && !text.includes('\0')) return { text };
  return { problem: examineBytes(bytes) };
}

/** One clause about an encoding problem: `it is not UTF-8: line 3 looks like Windows-1252`. */
export function describeEncoding({ line, looksLike }: EncodingProblem): string {
  return `is not UTF-8: line ${line} ${NAMES[looksLike]}`;
}

/** One sentence: what to do about an encoding problem. */
export function adviseEncoding({ looksLike, converted }: EncodingProblem): string {
  if (looksLike === 'binary') return 'Choose a text file.';
  if (looksLike === 'mixed') return 'Correct the line, or restore the file from its source.';
  if (converted === null) return 'Save the file as UTF-8.';
  return 'Convert it to UTF-8.';
}

/** True while a text is what an editor made of a file that is not UTF-8, edited or not. */
export function isUndecoded(text: string, { lossy }: EncodingProblem): boolean {
  return text === lossy || /[\ufffd\0]/.test(text);
}

/** The first character that could not be decoded, or the beginning of the line it was in. */
export function findUndecoded(text: string, { line }: EncodingProblem): Span {
  let start = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', start);
    if (next < 0) break;
    start = next + 1;
  }
  const found = text.slice(start).search(/[\ufffd\0]/);
  if (found < 0) return { start, end: start };
  return { start: start + found, end: start + found + 1 };
}

const NAMES: Readonly<Record<LikelyEncoding, string>> = {
  'utf-16le': 'looks like UTF-16 LE',
  'utf-16be': 'looks like UTF-16 BE',
  'windows-1252': 'looks like Windows-1252',
  mixed: 'has bytes of another encoding within UTF-8 text',
  unknown: 'has an encoding that is not known',
  binary: 'looks like binary data',
};

type WithoutLossy = Omit<EncodingProblem, 'lossy'>;

function examineBytes(bytes: Uint8Array): EncodingProblem {
  const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { ...identify(bytes, lossy), lossy };
}

function identify(bytes: Uint8Array, lossy: string): WithoutLossy {
  const marked = startsWith(bytes, 0xff, 0xfe)
    ? 'utf-16le'
    : startsWith(bytes, 0xfe, 0xff)
      ? 'utf-16be'
      : null;
  const wide = marked ?? guessUtf16(bytes);
  if (wide !== null) {
    const converted = decode(bytes, wide)?.replace(/^\ufeff/, '') ?? null;
    if (converted !== null && isText(converted))
      return { line: 1, looksLike: wide, isCertain: marked !== null, converted };
  }
  const line = findBadLine(bytes);
  const other = (looksLike: LikelyEncoding, converted: string | null = null): WithoutLossy => ({
    line,
    looksLike,
    isCertain: false,
    converted,
  });
  const narrow = marked === null ? decodeWindows1252(bytes) : null;
  // Of UTF-8 with a few bad bytes, the good characters would be spoiled by a conversion.
  if (/[^\0-\x7f\ufeff\ufffd]/u.test(lossy)) return other(isText(lossy) ? 'mixed' : 'binary');
  if (narrow === null || !isText(narrow)) return other('binary');
  return hasWordsOfHighBytes(bytes) ? other('unknown') : other('windows-1252', narrow);
}

/** UTF-16 without a byte order mark: in most pairs of its bytes, one and the same is zero. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  const end = Math.min(bytes.length, 4096);
  const zeros = [0, 0];
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  if (second > end / 4 && first < second / 8) return 'utf-16le';
  return first > end / 4 && second < first / 8 ? 'utf-16be' : null;
}

/** Whole words of bytes above 127: Cyrillic, Greek or East Asian text, not Western European. */
function hasWordsOfHighBytes(bytes: Uint8Array): boolean {
  let high = 0;
  let joined = 0;
  for (let i = 0; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    high++;
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) joined++;
  }
  return joined > high / 2 && joined > 2;
}

function startsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

function decode(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The characters of the bytes 0x80 to 0x9f; a space where there is none. `TextDecoder` differs between runtimes. */
const HIGH_CONTROLS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function decodeWindows1252(bytes: Uint8Array): string | null {
  const units = Uint16Array.from(bytes);
  for (const [i, byte] of bytes.entries()) {
    if (byte < 0x80 || byte > 0x9f) continue;
    const char = HIGH_CONTROLS[byte - 0x80];
    if (char === undefined || char === ' ') return null;
    units[i] = char.charCodeAt(0);
  }
  return decode(new Uint8Array(units.buffer), 'utf-16le');
}

/** True without control characters that no text editor writes. */
function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
  return !/[\0-\x08\x0b\x0e-\x1f]/.test(text);
}

/** The number of the first line that is not UTF-8; no character of UTF-8 spans a line break. */
function findBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const next = bytes.indexOf(0x0a, start);
    const end = next < 0 ? bytes.length : next;
    const text = decode(bytes.subarray(start, end), 'utf-8');
    if (text === null || text.includes('\0')) return line;
    start = end + 1;
  }
  return 1;
}
