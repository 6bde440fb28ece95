import type { Span } from '../text.ts';
import type { ScalarNode } from './node.ts';

/**
 * Offsets in a scalar's decoded value ↔ offsets in the file. Built by decoding the source a second time
 * (YAML 1.2.2 §7.3, §8.1) while noting which stretches were copied and which were replaced.
 */
export class ScalarMap {
  /** The decoded value as this map understands it; equals the node's value for every string scalar. */
  readonly value: string;
  /** Ascending triples: value offset, file offset, 1 = copied one to one, 0 = replaced. */
  readonly #runs: readonly number[];
  readonly #end: number;

  constructor(value: string, runs: readonly number[], end: number) {
    this.value = value;
    this.#runs = runs;
    this.#end = end;
  }

  /** The file offset of the character at a value offset; the token's content end past the last. */
  toSource(offset: number): number {
    if (offset >= this.value.length) return this.#end;
    const i = this.#last(0, offset);
    const [value = 0, source = this.#end, copied = 0] = this.#runs.slice(i, i + 3);
    return copied ? source + (offset - value) : source;
  }

  /** The file span of a stretch of the value. An escape or a fold belongs to it whole. */
  span(start: number, end: number): Span {
    const from = this.toSource(start);
    if (end <= start) return { start: from, end: from };
    const i = this.#last(0, end - 1);
    const [value = 0, source = 0, copied = 0] = this.#runs.slice(i, i + 3);
    const next = this.#runs[i + 4] ?? this.#end;
    return { start: from, end: copied ? source + (end - value) : next };
  }

  /** The value offset at a file offset; inside an escape or an indentation the start of what it yields. */
  toValue(offset: number): number {
    const first = this.#runs[1];
    if (first === undefined || offset <= first) return 0;
    if (offset >= this.#end) return this.value.length;
    const i = this.#last(1, offset);
    const [value = 0, source = 0, copied = 0] = this.#runs.slice(i, i + 3);
    const limit = this.#runs[i + 3] ?? this.value.length;
    return copied ? Math.min(value + (offset - source), limit) : value;
  }

  /** Index of the last run whose member (0 = value, 1 = source) is at or before the offset. */
  #last(member: 0 | 1, offset: number): number {
    let low = 0;
    let high = this.#runs.length / 3 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#runs[middle * 3 + member] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return low * 3;
  }
}

/** The offset map of a scalar in its file. */
export function scalarMap(node: ScalarNode, text: string): ScalarMap {
  const builder = new Builder(text);
  switch (node.style) {
    case 'plain':
      unfold(builder, node.token.start, node.token.end, false);
      break;
    case 'single':
      unfold(builder, node.token.start + 1, closing(node, text, "'"), true);
      break;
    case 'double':
      doubleQuoted(builder, node.token.start + 1, closing(node, text, '"'));
      break;
    case 'literal':
    case 'folded':
      block(builder, node);
      break;
    default:
      node.style satisfies never;
  }
  return builder.finish();
}

class Builder {
  readonly text: string;
  #value = '';
  #runs: number[] = [];
  #end = 0;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.#value.length;
  }

  /** The stretch of the file stands in the value as it is. */
  copy(start: number, end: number): void {
    this.#end = end;
    if (end <= start) return;
    const at = this.#runs.length - 3;
    const last = this.#runs[at + 1] ?? -1;
    const isNext =
      this.#runs[at + 2] === 1 && last + (this.#value.length - (this.#runs[at] ?? 0)) === start;
    if (!isNext) this.#runs.push(this.#value.length, start, 1);
    this.#value += this.text.slice(start, end);
  }

  /** The stretch of the file yields another text. */
  put(value: string, start: number, end: number): void {
    this.#end = end;
    if (value === '') return;
    this.#runs.push(this.#value.length, start, 0);
    this.#value += value;
  }

  finish(): ScalarMap {
    return new ScalarMap(this.#value, this.#runs, this.#end);
  }
}

/** Where a quoted scalar's content ends: before the closing quote, or at the token's end if it is missing. */
function closing(node: ScalarNode, text: string, quote: string): number {
  const { start, end } = node.token;
  return end - start > 1 && text[end - 1] === quote ? end - 1 : Math.max(end - 1, start + 1);
}

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** Plain and single-quoted scalars: one line break folds to a space, n to n − 1 line breaks. */
function unfold(out: Builder, start: number, end: number, quoted: boolean): void {
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
    // The last line keeps its blanks at the end, every other loses them.
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

function copyQuoted(out: Builder, from: number, to: number, quoted: boolean): void {
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

function doubleQuoted(out: Builder, start: number, end: number): void {
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

/** Folds blanks and line breaks from `start` on; returns where the next text begins. */
function foldLine(out: Builder, start: number, end: number): number {
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

function readEscape(out: Builder, at: number, end: number): number {
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

interface Line {
  /** File offsets: line start, first character after the spaces, end without the line break. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
  /** After the line break. */
  readonly next: number;
}

function block(out: Builder, node: ScalarNode): void {
  const { text } = out;
  const headerEnd = text.indexOf('\n', node.token.start);
  if (headerEnd < 0 || headerEnd >= node.token.end) return;
  const header = /^[|>]([^\s#]*)/.exec(text.slice(node.token.start, headerEnd))?.[1] ?? '';
  const explicit = Number(/[1-9]/.exec(header)?.[0] ?? 0);
  const chomp = /[-+]/.exec(header)?.[0] ?? '';
  const lines = blockLines(text, headerEnd + 1, node.token.end);

  let chompStart = lines.length;
  while (chompStart > 0 && isEmptyLine(lines[chompStart - 1])) chompStart--;
  if (chompStart === 0) {
    if (chomp === '+' && lines.length > 0)
      out.put('\n'.repeat(Math.max(1, lines.length - 1)), headerEnd + 1, node.token.end);
    return;
  }
  let trim = node.indent + explicit;
  let first = 0;
  for (; first < chompStart; first++) {
    const line = lines[first] as Line;
    const indent = line.content - line.start;
    if (!isEmptyLine(line)) {
      if (explicit === 0) trim = indent;
      break;
    }
    if (explicit === 0 && indent > trim) trim = indent;
  }
  for (let i = lines.length - 1; i >= chompStart; i--) {
    const line = lines[i] as Line;
    if (line.content - line.start > trim) chompStart = i + 1;
  }
  for (let i = 0; i < first; i++) {
    const line = lines[i] as Line;
    out.copy(Math.min(line.start + trim, line.content), line.content);
    out.put('\n', line.end, line.next);
  }
  if (node.style === 'literal') literalLines(out, lines.slice(first, chompStart), trim);
  else foldedLines(out, lines.slice(first, chompStart), trim);
  const last = lines[chompStart - 1] as Line;
  if (chomp === '') out.put('\n', last.end, last.next);
  else if (chomp === '+') keepTrailing(out, last, lines.slice(chompStart), trim);
}

function blockLines(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  let at = start;
  for (;;) {
    const newline = text.indexOf('\n', at);
    const isLast = newline < 0 || newline >= end;
    const lineEnd = isLast ? end : newline;
    let content = at;
    while (content < lineEnd && text[content] === ' ') content++;
    const textEnd = text[lineEnd - 1] === '\r' && lineEnd > content ? lineEnd - 1 : lineEnd;
    lines.push({ start: at, content, end: textEnd, next: isLast ? end : newline + 1 });
    if (isLast) return lines;
    at = newline + 1;
  }
}

function isEmptyLine(line: Line | undefined): boolean {
  return line !== undefined && line.content >= line.end;
}

function textStart(line: Line, trim: number): number {
  return Math.min(line.start + trim, line.content);
}

function literalLines(out: Builder, lines: readonly Line[], trim: number): void {
  lines.forEach((line, i) => {
    const previous = lines[i - 1];
    if (previous) out.put('\n', previous.end, textStart(line, trim));
    out.copy(textStart(line, trim), line.end);
  });
}

function foldedLines(out: Builder, lines: readonly Line[], trim: number): void {
  let sep = '';
  let wasMoreIndented = false;
  let breakStart = -1;
  for (const line of lines) {
    const isMoreIndented = line.content - line.start > trim || out.text[line.content] === '\t';
    const from = textStart(line, trim);
    const at = breakStart < 0 ? from : breakStart;
    if (isMoreIndented) {
      if (sep === ' ') sep = '\n';
      else if (!wasMoreIndented && sep === '\n') sep = '\n\n';
      out.put(sep, at, from);
      out.copy(from, line.end);
      sep = '\n';
      wasMoreIndented = true;
    } else if (isEmptyLine(line)) {
      if (sep === '\n') out.put('\n', at, line.end);
      else sep = '\n';
    } else {
      out.put(sep, at, from);
      out.copy(from, line.end);
      sep = ' ';
      wasMoreIndented = false;
    }
    breakStart = line.end;
  }
}

/** Chomping `+`: every trailing line break stays. */
function keepTrailing(out: Builder, last: Line, rest: readonly Line[], trim: number): void {
  let at = last.end;
  for (const line of rest) {
    out.put('\n', at, textStart(line, trim));
    out.copy(textStart(line, trim), line.content);
    at = line.content;
  }
  if (rest.length === 0) out.put('\n', last.end, last.next);
}
