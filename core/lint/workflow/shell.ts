import { runCommand } from './commands.ts';
import {
  appendValue,
  boundValue,
  findLeastTrusted,
  isLiteral,
  markOrigin,
  readOrigin,
  UNKNOWN,
  type Value,
} from './origins.ts';
import { type Command, parseShell, type Redirect } from './shell-parser.ts';
import { type Part, readShell, type Word } from './shell-words.ts';

/** What a script reads and changes. */
export interface ShellWorld {
  /** The value of a `${{ … }}`. */
  expression(text: string): Value;
  /** The value of a variable of the environment; undefined if it is not known. */
  variable(name: string): Value | undefined;
  /** The files that are known to be written, by path. */
  readonly files: Map<string, Value>;
  /** True if the repository's history may contain commits that nobody has accepted. */
  readonly hasForeignHistory: boolean;
  /** Called for each command, with its standard input. */
  onCommand?(words: readonly ShellWord[], stdin: Value): void;
}

export interface ShellWord {
  readonly value: Value;
  readonly start: number;
  readonly end: number;
}

const MAX_DEPTH = 8;
/** More commands of one script are not followed. */
const MAX_COMMANDS = 5000;
const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[[^\]]{0,40}\])?(\+?)=/;
const DECLARES = /^(?:export|local|declare|readonly|typeset)$/;
/** Commands that run the rest of their line. */
const PREFIX = /^(?:sudo|command|exec|nohup|builtin)$/;

/** Follows what a shell script does with values: what it prints, and what it writes to files. */
export class Shell {
  readonly #world: ShellWorld;
  readonly #variables = new Map<string, Value>();
  #branches = 0;
  #depth = 0;
  #commands = 0;

  constructor(world: ShellWorld) {
    this.#world = world;
  }

  /** Runs a script and returns what it prints. */
  run(script: string, offset = 0, stdin: Value = ''): Value {
    if (this.#depth >= MAX_DEPTH) return markOrigin(UNKNOWN);
    this.#depth++;
    const printed = this.#all(parseShell(readShell(script, offset)), stdin);
    this.#depth--;
    return printed;
  }

  #all(commands: readonly Command[], stdin: Value): Value {
    let printed = '';
    for (const command of commands) printed = appendValue(printed, this.#run(command, stdin));
    return printed;
  }

  #run(command: Command, stdin: Value): Value {
    if (++this.#commands > MAX_COMMANDS) return markOrigin(UNKNOWN);
    switch (command.kind) {
      case 'pipeline': {
        let value = stdin;
        for (const one of command.commands) value = this.#run(one, value);
        return value;
      }
      case 'group': {
        const { body, redirects, isConditional, loop, isFunction } = command;
        if (loop) this.#assign(loop.name, loop.words.map((word) => this.#word(word)).join(' '));
        if (isConditional) this.#branches++;
        const printed = this.#all(body, this.#input(redirects, stdin));
        if (isConditional) this.#branches--;
        return isFunction ? '' : this.#output(redirects, printed);
      }
      case 'simple':
        return this.#simple(command, stdin);
      default:
        return command satisfies never;
    }
  }

  #simple({ words, redirects }: Command & { kind: 'simple' }, stdin: Value): Value {
    const rest = [...words];
    while (rest[0] && this.#tryAssign(rest[0])) rest.shift();
    let run = rest.map((word) => ({
      value: this.#word(word),
      start: word.start,
      end: word.end,
    }));
    while (run[0] && PREFIX.test(run[0].value)) run = run.slice(1);
    const input = this.#input(redirects, stdin);
    const name = run[0]?.value ?? '';
    // `$(< file)` is the content of the file.
    const isFile = words.length === 0 && redirects.some(({ operator }) => operator === '<');
    if (name === '') return this.#output(redirects, isFile ? input : '');
    if (DECLARES.test(name)) {
      for (const word of rest.slice(1)) this.#tryAssign(word);
      return '';
    }
    if (/^(?:read|mapfile|readarray)$/.test(name)) {
      for (const { value } of run.slice(1))
        if (/^[A-Za-z_]\w*$/.test(value)) this.#assign(value, input.trim());
      return '';
    }
    this.#world.onCommand?.(run, input);
    const printed = runCommand(
      run.map(({ value }) => value),
      input,
      {
        read: (path) => this.#read(path),
        write: (path, value, adds) => this.#write(path, value, adds),
        forget: (path) => {
          if (this.#world.files.has(cleanFilePath(path)))
            this.#write(path, markOrigin(UNKNOWN), false);
        },
        hasForeignHistory: this.#world.hasForeignHistory,
      },
    );
    return this.#output(redirects, printed);
  }

  #tryAssign(word: Word): boolean {
    const [first, ...others] = word.parts;
    const found = first?.kind === 'text' ? ASSIGNMENT.exec(first.text) : null;
    if (first?.kind !== 'text' || !found) return false;
    const [whole, name = '', adds] = found;
    const value = first.text.slice(whole.length) + others.map((part) => this.#part(part)).join('');
    this.#assign(name, adds ? (this.#variables.get(name) ?? '') + value : value);
    return true;
  }

  /** In a branch, the variable may keep what it had. */
  #assign(name: string, value: Value): void {
    const before = this.#branches > 0 ? this.#variables.get(name) : undefined;
    this.#variables.set(name, boundValue(before === undefined ? value : either(before, value)));
  }

  #input(redirects: readonly Redirect[], stdin: Value): Value {
    let input = stdin;
    for (const { operator, word, body } of redirects) {
      if (operator === '<<') input = (body ?? []).map((part) => this.#part(part)).join('');
      else if (operator === '<<<' && word) input = this.#word(word);
      else if (operator === '<' && word) input = this.#read(this.#word(word));
    }
    return input;
  }

  /** Writes what a command prints to the file of its redirection; returns what is still printed. */
  #output(redirects: readonly Redirect[], printed: Value): Value {
    const target = redirects.findLast(({ operator }) => operator === '>' || operator === '>>');
    if (!target?.word) return printed;
    this.#write(this.#word(target.word), printed, target.operator === '>>');
    return '';
  }

  #read(path: Value): Value {
    const known = isLiteral(path) ? this.#world.files.get(cleanFilePath(path)) : undefined;
    if (known !== undefined) return known;
    // The path of a model's answer is an output of its step.
    const origin = readOrigin(path);
    return markOrigin(origin.kind === 'model' ? origin : UNKNOWN);
  }

  #write(path: Value, value: Value, adds: boolean): void {
    if (!isLiteral(path) || path === '/dev/null') return;
    const { files } = this.#world;
    const key = cleanFilePath(path);
    const before = files.get(key);
    const isSure = before === undefined || (!adds && this.#branches === 0);
    const next = isSure ? value : adds ? appendValue(before, value) : either(before, value);
    files.set(key, boundValue(next));
  }

  #word({ parts }: Word): Value {
    return parts.map((part) => this.#part(part)).join('');
  }

  #part(part: Part): Value {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'expression':
        return this.#world.expression(part.text);
      case 'command':
        return trimLineBreaks(this.run(part.script, part.start));
      case 'variable':
        return part.names.map((name) => this.#variable(name)).reduce(either);
      default:
        return part satisfies never;
    }
  }

  #variable(name: string): Value {
    // `$?`, `$#`, `$$` and `$!` are numbers.
    if (/^[?#$!]$/.test(name)) return '0';
    return this.#variables.get(name) ?? this.#world.variable(name) ?? markOrigin(UNKNOWN);
  }
}

/** A substitution drops the line breaks at its end. */
function trimLineBreaks(value: Value): Value {
  let end = value.length;
  while (value[end - 1] === '\n') end--;
  return value.slice(0, end);
}

/** A value that is one of two: the later one, unless the other is less trusted. */
function either(a: Value, b: Value): Value {
  if (isLiteral(a)) return b;
  return isLiteral(b)
    ? markOrigin(readOrigin(a))
    : markOrigin(findLeastTrusted([readOrigin(a), readOrigin(b)]));
}

/** A path without `./` and the folder of the repository. */
export function cleanFilePath(path: string): string {
  return path
    .trim()
    .replaceAll(/\/{2,}/g, '/')
    .replace(/^(?:\.\/)+/, '');
}
