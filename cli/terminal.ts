import type { WriteStream } from 'node:tty';
import { inspect, styleText } from 'node:util';
import stringWidth from 'string-width';
import { escapeForCiLog } from '#core/printing/ci-log.ts';
import { formatJson } from '#core/printing/json.ts';
import { type SafeText, trustText } from '#core/printing/safe-text.ts';
import { escapeForTerminal } from '#core/printing/terminal-text.ts';

export type Style = 'bold' | 'dim' | 'strikethrough' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';

/**
 * Where a command prints: results to `out`, notes and progress to `err`. Whatever a line contains, the
 * terminal obeys the styles of `style` alone, and a CI log no command but those of `printCommand`.
 */
export class Terminal {
  readonly isInteractive: boolean;
  /** Columns to fill. */
  readonly width: number;
  /** Whether `style` has an effect. */
  readonly hasColor: boolean;
  readonly #out: NodeJS.WritableStream;
  readonly #err: NodeJS.WritableStream;
  readonly #isCiLog: boolean;
  #status = '';

  constructor(
    out: NodeJS.WritableStream,
    err: NodeJS.WritableStream,
    color: 'auto' | 'always' | 'never',
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.#out = out;
    this.#err = err;
    const tty = out as Partial<WriteStream>;
    this.isInteractive =
      tty.isTTY === true && (err as Partial<WriteStream>).isTTY === true && !environment.CI;
    this.width = Math.max(40, Math.min(tty.columns ?? 100, 140));
    // https://no-color.org, https://force-color.org
    const isWanted = environment.NO_COLOR
      ? false
      : environment.FORCE_COLOR
        ? environment.FORCE_COLOR !== '0'
        : tty.isTTY === true;
    this.hasColor = color === 'always' || (color === 'auto' && isWanted);
    this.#isCiLog = environment.GITHUB_ACTIONS === 'true' || environment.TF_BUILD === 'True';
  }

  /** Text with styles; the text itself where colors are off. */
  style(text: string, ...styles: readonly Style[]): string {
    if (!this.hasColor || text === '') return text;
    // Whether the stream takes colors is decided above, `--color` included.
    return styles.reduce(
      (styled, name) => styleText(name, styled, { validateStream: false }),
      text,
    );
  }

  /** A line of the result. */
  print(line = ''): void {
    this.#writeSafe(this.#out, this.#escape(line), '\n');
  }

  /** A value as JSON, for a program; the same value in a file, a pipe and on a terminal. */
  printJson(value: unknown, indent = 2): void {
    this.#writeSafe(this.#out, formatJson(value, indent), '\n');
  }

  /** A command for the runner of a CI job. */
  printCommand(command: SafeText<'ci-log'>): void {
    this.#writeSafe(this.#out, command, '\n');
  }

  /** The result as it is, for a file or another program; only what appears on a terminal is escaped. */
  write(text: string): void {
    const isShown = (this.#out as Partial<WriteStream>).isTTY === true;
    this.#writeSafe(this.#out, isShown ? this.#escape(text) : trustText(text));
  }

  /** A line beside the result, on standard error. */
  note(line: string): void {
    this.#writeSafe(this.#err, this.#escape(line), '\n');
  }

  /** One line that the next one replaces; shown on a terminal only. '' takes it away. */
  status(line: string): void {
    if (!this.isInteractive) return;
    this.#clearStatus();
    this.#status = this.#escape(cutToWidth(line.replace(/\s+/g, ' '), this.width - 1));
    this.#err.write(this.#status);
  }

  #writeSafe(
    stream: NodeJS.WritableStream,
    text: SafeText<'terminal'> | SafeText<'ci-log'>,
    ending: '' | '\n' = '',
  ): void {
    this.#clearStatus();
    stream.write(text + ending);
  }

  /** Escapes everything but the styles that `style` adds. */
  #escape(text: string): SafeText<'terminal'> {
    const parts = this.hasColor ? text.split(OWN_STYLES) : [text];
    const escapePart = this.#isCiLog ? escapeForCiLog : escapeForTerminal;
    return trustText(parts.map((part, i) => (i % 2 === 1 ? part : escapePart(part))).join(''));
  }

  #clearStatus(): void {
    if (this.#status === '') return;
    this.#status = '';
    this.#err.write('\r\x1b[2K');
  }
}

/** How many columns a text takes: wide East Asian characters and emoji two, marks and joiners none. */
export function measureColumns(text: string): number {
  return stringWidth(text);
}

/** The text cut to some columns between characters as people see them, with `…` where something is missing. */
export function cutToWidth(text: string, width: number): string {
  if (measureColumns(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += measureColumns(segment);
    if (used > width - 1) break;
    out += segment;
  }
  return `${out}…`;
}

/** Rows as columns side by side; `right` names the columns that are aligned to the right. */
export function formatTable(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    rows.reduce((most, row) => Math.max(most, measureColumns(row[i] ?? '')), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - measureColumns(cell));
        return right.includes(i) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Breaks prose into lines of at most `width` columns. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && measureColumns(line) + 1 + measureColumns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const STYLES: readonly Style[] = [
  'bold',
  'dim',
  'strikethrough',
  'red',
  'green',
  'yellow',
  'blue',
  'cyan',
];

/** The escape sequences of `style`. */
const OWN_STYLES = new RegExp(
  `(${String.fromCharCode(27)}\\[(?:${STYLES.flatMap((name) => inspect.colors[name] ?? []).join('|')})m)`,
);
