import type { Span } from '../../text.ts';

/** An encoded run in a text, with what it decodes to. */
export interface EncodedRun {
  readonly encoding: 'base64' | 'hex';
  readonly span: Span;
  readonly text: string;
}

/** Shorter runs are meaningless. In characters. */
const MIN_RUN = 16;
/** Maximum that is decoded of one text, in characters. */
const BUDGET = 128 * 1024;

/** Finds runs of base64 and hex that decode to readable text. Linear in the text's length. */
export function findEncodedRuns(text: string): EncodedRun[] {
  const runs: EncodedRun[] = [];
  let budget = BUDGET;
  for (let at = 0; at < text.length && budget > 0; ) {
    const end = runEnd(text, at);
    if (end - at >= MIN_RUN) {
      const found = decodeRun(text.slice(at, Math.min(end, at + budget)));
      if (found) runs.push({ ...found, span: { start: at, end } });
      budget -= end - at;
    }
    at = Math.max(end, at + 1);
  }
  return runs;
}

const NONE = 0;
const CODE = 1;
const HEX = 2;

/** For each character code: whether it occurs in base64, and in hex too. */
const KINDS = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_')
  KINDS[char.charCodeAt(0)] = CODE;
for (const char of '0123456789abcdefABCDEF') KINDS[char.charCodeAt(0)] = HEX;

/** Finds the end of a run of code characters, across the line breaks of wrapped base64 and between hex pairs. */
function runEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    const from = at;
    let isHex = true;
    for (; at < text.length; at++) {
      const kind = KINDS[text.charCodeAt(at)] ?? NONE;
      if (kind === NONE) break;
      if (kind !== HEX) isHex = false;
    }
    const length = at - from;
    const next = length > 0 ? separatorEnd(text, at, isHex && length <= 4, length >= 40) : at;
    if (next === at || (KINDS[text.charCodeAt(next)] ?? NONE) === NONE) return at;
    at = next;
  }
}

/** Finds the end of a separator between two parts of one run; returns the same offset if there is none. */
function separatorEnd(text: string, at: number, isPair: boolean, isLine: boolean): number {
  let to = at;
  if (isPair) {
    while (to - at < 3 && /[\s:,\\]/.test(text.charAt(to))) to++;
    if (text.charAt(to) === 'x' || text.charAt(to) === 'X') to++;
    return to;
  }
  if (!isLine) return at;
  if (text.charAt(to) === '\r') to++;
  if (text.charAt(to) !== '\n') return at;
  to++;
  while (text.charAt(to) === ' ' && to - at < 40) to++;
  return to;
}

function decodeRun(run: string): { encoding: 'base64' | 'hex'; text: string } | null {
  const hex = run.replace(/0x|\\x|[\s:,\\x]/gi, '');
  if (/^(?:[0-9a-f]{2})+$/i.test(hex)) {
    const text = readable(
      Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    );
    if (text !== null) return { encoding: 'hex', text };
  }
  const code = run
    .replace(/\s+/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/(?<!=)=+$/, '');
  if (!/^[A-Za-z0-9+/]+$/.test(code) || code.length % 4 === 1) return null;
  // Words and paths match base64 too; real base64 mixes upper case, lower case and digits.
  if (!/[A-Z]/.test(code) || !/[a-z]/.test(code)) return null;
  const text = readable(Uint8Array.from(atob(code), (char) => char.charCodeAt(0)));
  return text === null ? null : { encoding: 'base64', text };
}

/** Decodes bytes that are text: UTF-8, printable, with letters. */
function readable(bytes: Uint8Array): string | null {
  if (bytes.length < 8) return null;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  if (/[^\P{Cc}\t\n\r]/u.test(text)) return null;
  return /\p{L}{3}/u.test(text) ? text : null;
}
