import type { Span } from '../../text.ts';

/**
 * The outermost JSON objects and lists that stand anywhere in a text, from left to right. Linear:
 * what began inside a failed attempt and was still open has failed with it.
 */
export function* jsonSpans(text: string): Generator<Span> {
  const failed = new Set<number>();
  const opener = /[{[]/g;
  // A text read twice is normal (once inside a failed attempt); more is an input made to be slow.
  let budget = 8 * text.length + 1000;
  for (let match = opener.exec(text); match && budget > 0; match = opener.exec(text)) {
    if (failed.delete(match.index)) continue;
    const { valid, at, open } = scanContainer(text, match.index);
    budget -= at - match.index;
    if (valid) {
      yield { start: match.index, end: at };
      opener.lastIndex = at;
    } else {
      for (const start of open) failed.add(start);
    }
  }
}

/** Where reading stopped, and whether what was read is valid. */
interface Scan {
  readonly valid: boolean;
  readonly at: number;
}

/** Reads one object or list. On a mistake `open` are the starts of what was still open. */
function scanContainer(text: string, start: number): Scan & { readonly open: readonly number[] } {
  const open: number[] = [start];
  let at = start + 1;
  /** Just behind an opening bracket: the container may close at once. */
  let fresh = true;
  /** Behind an item: a comma or the end must follow. */
  let after = false;
  while (true) {
    at = skipSpace(text, at);
    const inList = text[open.at(-1) ?? start] === '[';
    const char = text[at];
    if ((fresh || after) && char === (inList ? ']' : '}')) {
      open.pop();
      at++;
      if (open.length === 0) return { valid: true, at, open };
      fresh = false;
      after = true;
      continue;
    }
    if (after) {
      if (char !== ',') return { valid: false, at, open };
      at = skipSpace(text, at + 1);
    }
    if (!inList) {
      const key = scanString(text, at);
      at = key.valid ? skipSpace(text, key.at) : key.at;
      if (!key.valid || text[at] !== ':') return { valid: false, at, open };
      at = skipSpace(text, at + 1);
    }
    fresh = text[at] === '{' || text[at] === '[';
    after = !fresh;
    if (fresh) {
      open.push(at++);
    } else {
      const item = text[at] === '"' ? scanString(text, at) : scanScalar(text, at);
      at = item.at;
      if (!item.valid) return { valid: false, at, open };
    }
  }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function scanString(text: string, start: number): Scan {
  if (text[start] !== '"') return { valid: false, at: start };
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { valid: true, at: at + 1 };
    if (code < 0x20) break;
    if (code === 0x5c) {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) break;
      at = ESCAPE.lastIndex;
    } else {
      at++;
    }
  }
  return { valid: false, at };
}

function scanScalar(text: string, start: number): Scan {
  SCALAR.lastIndex = start;
  const valid = SCALAR.test(text);
  return { valid, at: valid ? SCALAR.lastIndex : start };
}

function skipSpace(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
  }
  return at;
}
