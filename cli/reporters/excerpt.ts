import { escapeForTerminal } from '#core/printing/terminal-text.ts';
import type { LineMap, Span } from '#core/text.ts';
import { cutToWidth, measureColumns, type Style, type Terminal } from '../terminal.ts';

/** Formats the line where a span starts, with its number, and carets below the span. */
export function excerpt(lines: LineMap, span: Span, style: Style, terminal: Terminal): string[] {
  const start = lines.position(span.start);
  const text = lines.line(start.line);
  const number = String(start.line + 1).padStart(5);
  const room = terminal.width - number.length - 4;
  const end = Math.min(text.length, start.character + Math.max(1, span.end - span.start));

  // A long line is cut on the left so that the span stays visible.
  const from = measureColumns(text.slice(0, end)) > room ? Math.max(0, start.character - 30) : 0;
  const lead = from > 0 ? '…' : '';
  const shown = (part: string): string => escapeForTerminal(part).replaceAll('\t', '  ');
  const before = lead + shown(text.slice(from, start.character));
  const marked = shown(text.slice(start.character, end));
  const line = cutToWidth(before + marked + shown(text.slice(end)), room);
  const carets = '^'.repeat(
    Math.max(1, Math.min(measureColumns(marked), room - measureColumns(before))),
  );
  const bar = terminal.style('│', 'dim');
  return [
    `${terminal.style(number, 'dim')} ${bar} ${line}`,
    `${' '.repeat(number.length)} ${bar} ${' '.repeat(measureColumns(before))}${terminal.style(carets, style)}`,
  ];
}
