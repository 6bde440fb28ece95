import { UserError } from '#core/user-error.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command: `--name value`, `--name` alone, or both where the value is optional. */
export interface Option {
  readonly name: string;
  readonly short?: string;
  /** `flag` takes no value; `text` and `number` take one; `optional` may (`--fix`, `--fix=all`). */
  readonly type: 'flag' | 'text' | 'number' | 'optional';
  /** The name of the value in the help: `<n>`, `<usd>`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Other spellings, which are read but not listed: `update-known`. */
  readonly aliases?: readonly string[];
  /** May be given several times. */
  readonly repeatable?: boolean;
  readonly summary: string;
}

/** The arguments of one call, checked against the command's options. */
export interface Arguments {
  readonly files: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  number(name: string): number | undefined;
}

/** What a command can use besides files and models. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  readStdin(): Promise<Buffer>;
}

/** A command of `promptsmith`. `run` resolves to the exit code: 0 success, 1 failed checks or policy, 2 could not run. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The operands in the usage line: `[FILE…]`. */
  readonly operands: string;
  /** Paragraphs of the help that explain the command. */
  readonly about: readonly string[];
  readonly options: readonly Option[];
  readonly examples: readonly (readonly [string, string])[];
  run(args: Arguments, context: CommandContext): Promise<number>;
}

/** A wrong command line. Like every UserError, it prints one line on stderr and exits with 2. */
export class UsageError extends UserError {}

/** Options of every command. */
export const COMMON_OPTIONS: readonly Option[] = [
  {
    name: 'output',
    short: 'o',
    type: 'text',
    value: 'file',
    summary: 'write the result to a file instead of standard output',
  },
  {
    name: 'color',
    type: 'text',
    value: 'when',
    choices: ['auto', 'always', 'never'],
    summary: 'color the output: auto (default; on a terminal), always, never',
  },
  { name: 'help', short: 'h', type: 'flag', summary: 'show this help' },
];

/** `--format`, and `--json` as its short form. */
export function formatOptions(formats: readonly string[]): Option[] {
  const list = formats.join(', ');
  return [
    {
      name: 'format',
      short: 'f',
      type: 'text',
      value: 'name',
      choices: formats,
      summary: `output format: ${list} (default ${formats[0]})`,
    },
    { name: 'json', type: 'flag', summary: 'short for --format json' },
  ];
}

/** The format that `--format` or `--json` asks for; undefined for neither. */
export function readFormat(args: Arguments): string | undefined {
  return args.flag('json') ? 'json' : args.text('format');
}

/** True for `--format json` and `--json`. */
export function wantsJson(args: Arguments): boolean {
  return readFormat(args) === 'json';
}
