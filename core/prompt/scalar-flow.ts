import type { ScalarNode } from './node.ts';
import type { ScalarMapBuilder } from './scalar-map.ts';

/** Finds where a quoted scalar's content ends: before the closing quote, or at the token's end if it is missing. */
export function findClosingQuote(node: ScalarNode, text: string, quote: string): number {
  const { start, end } = node.token;
  return end - start > 1 && text[end - 1] === quote ? end - 1 : Math.max(end - 1, start + 1);
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** Plain and single-quoted scalars: one line break folds to a space, n to n − 1 line breaks. */
export function mapFolded(
  out: ScalarMapBuilder,
  start: number,
  end: number,
  quoted: boolean,
): void {
  const { text } = out;
  let line = start;
  let breakStart = -1;
  let sep = '';
  for (;;) {
    const newline = text.indexOf('\n', line);
    const isLast = newline < 0 || newline >= end;
    let to = isLast ? end : newline;
    if (!isLast && text[to - 1] === '\r' && to > line) to--;
    let from = line;
    if (breakStart >= 0) while (from < to && isBlank(text[from])) from++;
    // Only the last line keeps its trailing spaces.
    if (!isLast) while (to > from && isBlank(text[to - 1])) to--;
    const isEmpty = breakStart >= 0 && from >= to && !isLast;
    if (isEmpty) {
      sep = sep === ' ' ? '\n' : `${sep}\n`;
    } else {
      if (breakStart >= 0) out.put(sep, breakStart, from);
      copyQuoted(out, from, to, quoted);
      breakStart = to;
      sep = ' ';
    }
    if (isLast) return;
    line = newline + 1;
  }
}

function copyQuoted(out: ScalarMapBuilder, from: number, to: number, quoted: boolean): void {
  let at = from;
  if (quoted) {
    for (let i = out.text.indexOf("''", at); i >= 0 && i < to - 1; i = out.text.indexOf("''", at)) {
      out.copy(at, i);
      out.put("'", i, i + 2);
      at = i + 2;
    }
  }
  out.copy(at, to);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

export function mapDoubleQuoted(out: ScalarMapBuilder, start: number, end: number): void {
  const { text } = out;
  let i = start;
  while (i < end) {
    const char = text[i];
    if (char === '\\') i = readEscape(out, i, end);
    else if (char === '\n' || (char === '\r' && text[i + 1] === '\n')) i = foldLine(out, i, end);
    else if (isBlank(char)) {
      let to = i + 1;
      while (to < end && isBlank(text[to])) to++;
      const isTrailing = text[to] === '\n' || (text[to] === '\r' && text[to + 1] === '\n');
      if (isTrailing && to < end) i = foldLine(out, i, end);
      else {
        out.copy(i, to);
        i = to;
      }
    } else {
      let to = i + 1;
      while (to < end && !/[\\\n\r \t]/.test(text[to] ?? '')) to++;
      out.copy(i, to);
      i = to;
    }
  }
}

/** Folds white space and line breaks from `start` on; returns where the next text begins. */
function foldLine(out: ScalarMapBuilder, start: number, end: number): number {
  const { text } = out;
  let breaks = 0;
  let i = start;
  for (; i < end; i++) {
    const char = text[i];
    if (char === '\n') breaks++;
    else if (!isBlank(char) && !(char === '\r' && text[i + 1] === '\n')) break;
  }
  out.put(breaks > 1 ? '\n'.repeat(breaks - 1) : ' ', start, i);
  return i;
}

function readEscape(out: ScalarMapBuilder, at: number, end: number): number {
  const { text } = out;
  const next = text[at + 1] ?? '';
  const simple = ESCAPES[next];
  if (simple !== undefined) {
    out.put(simple, at, at + 2);
    return at + 2;
  }
  if (next === '\n' || (next === '\r' && text[at + 2] === '\n')) {
    let to = at + (next === '\n' ? 2 : 3);
    while (to < end && isBlank(text[to])) to++;
    out.put('', at, to);
    return to;
  }
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits) {
    const raw = text.slice(at + 2, at + 2 + digits);
    const code =
      /^[0-9a-fA-F]+$/.test(raw) && raw.length === digits ? Number.parseInt(raw, 16) : -1;
    const stop = Math.min(at + 2 + digits, end);
    out.put(
      code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : text.slice(at, stop),
      at,
      stop,
    );
    return stop;
  }
  const stop = Math.min(at + 2, end);
  out.copy(at, stop);
  return stop;
}
