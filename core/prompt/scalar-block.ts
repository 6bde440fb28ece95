import type { ScalarNode } from './node.ts';
import type { ScalarMapBuilder } from './scalar-map.ts';

interface Line {
  /** File offsets: line start, first character after the spaces, end without the line break. */
  readonly start: number;
  readonly content: number;
  readonly end: number;
  /** After the line break. */
  readonly next: number;
}

/** Literal and folded blocks, YAML 1.2.2 §8.1. */
export function mapBlock(out: ScalarMapBuilder, node: ScalarNode): void {
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
  if (node.style === 'literal') mapLiteralLines(out, lines.slice(first, chompStart), trim);
  else mapFoldedLines(out, lines.slice(first, chompStart), trim);
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

function mapLiteralLines(out: ScalarMapBuilder, lines: readonly Line[], trim: number): void {
  lines.forEach((line, i) => {
    const previous = lines[i - 1];
    if (previous) out.put('\n', previous.end, textStart(line, trim));
    out.copy(textStart(line, trim), line.end);
  });
}

function mapFoldedLines(out: ScalarMapBuilder, lines: readonly Line[], trim: number): void {
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

/** Chomping `+`: keeps every trailing line break. */
function keepTrailing(
  out: ScalarMapBuilder,
  last: Line,
  rest: readonly Line[],
  trim: number,
): void {
  let at = last.end;
  for (const line of rest) {
    out.put('\n', at, textStart(line, trim));
    out.copy(textStart(line, trim), line.content);
    at = line.content;
  }
  if (rest.length === 0) out.put('\n', last.end, last.next);
}
