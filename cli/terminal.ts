import type { WriteStream } from 'node:tty';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';

const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
};

/** Where a command prints: results to `out`, notes and progress to `note`. */
export class Terminal {
  readonly isInteractive: boolean;
  /** Columns to fill. */
  readonly width: number;
  readonly #out: NodeJS.WritableStream;
  readonly #err: NodeJS.WritableStream;
  readonly #hasColour: boolean;
  #status = '';

  constructor(
    out: NodeJS.WritableStream,
    err: NodeJS.WritableStream,
    colour: 'auto' | 'always' | 'never',
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
    this.#hasColour = colour === 'always' || (colour === 'auto' && isWanted);
  }

  style(text: string, ...styles: readonly Style[]): string {
    if (!this.#hasColour || text === '') return text;
    return styles.reduce(
      (styled, name) => `\x1b[${CODES[name][0]}m${styled}\x1b[${CODES[name][1]}m`,
      text,
    );
  }

  /** A line of the result. */
  print(line = ''): void {
    this.#clearStatus();
    this.#out.write(`${line}\n`);
  }

  /** The result as it is, without a line break of ours. */
  write(text: string): void {
    this.#clearStatus();
    this.#out.write(text);
  }

  /** A line beside the result, on standard error. */
  note(line: string): void {
    this.#clearStatus();
    this.#err.write(`${line}\n`);
  }

  /** One line that the next one replaces; shown on a terminal only. '' takes it away. */
  status(line: string): void {
    if (!this.isInteractive) return;
    this.#clearStatus();
    this.#status = cut(line, this.width - 1);
    this.#err.write(this.#status);
  }

  #clearStatus(): void {
    if (this.#status === '') return;
    this.#status = '';
    this.#err.write('\r\x1b[2K');
  }
}

/** How many columns a text takes: wide East Asian characters and emoji two, marks and joiners none. */
export function columns(text: string): number {
  let width = 0;
  for (const char of text.replace(ANSI, '')) {
    if (/[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u.test(char)) continue;
    width += isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

/** The text cut to some columns, with `…` where something is missing. */
export function cut(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const char of text) {
    used += columns(char);
    if (used > width - 1) break;
    out += char;
  }
  return `${out}…`;
}

/** Rows as columns side by side; `right` names the columns that are aligned to the right. */
export function table(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, i) =>
    rows.reduce((most, row) => Math.max(most, columns(row[i] ?? '')), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const gap = ' '.repeat((widths[i] ?? 0) - columns(cell));
        return right.includes(i) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Breaks prose into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Text from files or models made harmless for a terminal: control characters become visible pictures. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (char) => {
    if (char === '\n' || char === '\t') return char;
    const code = char.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : '\ufffd';
  });
}

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** Unicode East Asian Width W and F, and emoji, by their main blocks (UAX #11). */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
