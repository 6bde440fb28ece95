import { readGh, readGit, selectsPlainFields } from './forge-commands.ts';
import {
  FETCHED,
  isLiteral,
  MODEL,
  markOrigin,
  readOrigin,
  TRUSTED,
  UNKNOWN,
  type Value,
  weaken,
} from './origins.ts';

/** What commands read and change besides their standard input. */
export interface CommandHost {
  read(path: Value): Value;
  write(path: Value, value: Value, adds: boolean): void;
  /** A program that is not known may have changed the file. */
  forget(path: Value): void;
  readonly hasForeignHistory: boolean;
}

const PLAIN = markOrigin(TRUSTED);
const NOBODY_KNOWS = markOrigin(UNKNOWN);

/** Commands that print nothing that matters. */
const SILENT =
  /^(?:|:|true|false|set|unset|cd|pushd|popd|mkdir|rmdir|rm|touch|chmod|chown|sleep|exit|return|break|continue|shift|trap|test|\[|\[\[|\]|wait|kill|umask|alias|shopt|local|\}|fi|done|esac|then|do|else|elif|in)$/;
/** Commands that print numbers, hashes, dates and names that nobody chooses. */
const MEASURES =
  /^(?:wc|date|sha\d{1,3}sum|shasum|md5sum|cksum|stat|du|df|uuidgen|openssl|hostname|whoami|id|seq|expr|nproc|uname|pwd|cmp|which)$/;
/** Commands that print their input or files, changed in some way. */
const FILTERS =
  /^(?:cat|head|tail|tac|nl|tee|sed|awk|gawk|grep|egrep|fgrep|rg|cut|tr|sort|uniq|fold|fmt|iconv|base64|paste|rev|column|strings|jq|yq|gojq|envsubst|expand|xxd|less|more|split|shuf|basename|dirname|realpath|readlink)$/;
/** Programs that answer with a model's text. */
const MODELS = /^(?:llm|claude|gemini|codex|ollama|aichat|mods|copilot)$/;
/** Options that take a value, by command. */
const TAKES_VALUE: Readonly<Record<string, RegExp>> = {
  head: /^-[nc]$|^--(?:lines|bytes)$/,
  tail: /^-[nc]$|^--(?:lines|bytes)$/,
  cut: /^-[dfcb]$/,
  grep: /^-[efmABC]$/,
  sed: /^-[efE]$/,
  awk: /^-[vFf]$/,
  sort: /^-[kto]$/,
  fold: /^-w$/,
  base64: /^-w$/,
  jq: /^(?:-f|--from-file|--indent)$/,
};

/** Finds what a command prints, from its words and its input. */
export function runCommand(words: readonly Value[], stdin: Value, host: CommandHost): Value {
  const [path = '', ...args] = words;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'echo') return echo(args);
  if (name === 'printf') return printf(args);
  if (name === 'gh') return readGh(args);
  if (name === 'git') return readGit(args, host.hasForeignHistory);
  if (name === 'curl' || name === 'wget') return fetchPage(args, host);
  if (name === 'cp' || name === 'mv') return copy(args, host);
  if (name === 'mktemp') return `/tmp/mktemp.${args.join('.')}`;
  if (name === 'tee') return tee(args, stdin, host);
  if (SILENT.test(name)) return '';
  if (MEASURES.test(name)) return PLAIN;
  if (MODELS.test(name)) return markOrigin(MODEL);
  if (FILTERS.test(name)) return filter(name, args, stdin, host);
  for (const arg of args) host.forget(arg);
  return NOBODY_KNOWS;
}

function echo(args: readonly Value[]): Value {
  let first = 0;
  while (/^-[neE]{1,3}$/.test(args[first] ?? '')) first++;
  const flags = args.slice(0, first).join('');
  const text = args.slice(first).join(' ');
  const decoded = flags.includes('e') ? text.replaceAll('\\n', '\n') : text;
  return flags.includes('n') ? decoded : `${decoded}\n`;
}

/** Fills the format with its arguments, again and again while there are any. */
function printf([first = '', ...rest]: readonly Value[]): Value {
  const [format = '', ...args] = first === '--' ? rest : [first, ...rest];
  const decoded = format.replaceAll('\\n', '\n');
  let printed = '';
  let next = 0;
  do {
    const from = next;
    printed += decoded.replace(/%(?:%|[-+ #0-9.*]{0,9}([a-zA-Z]))/g, (whole, kind?: string) => {
      if (kind === undefined) return whole === '%%' ? '%' : whole;
      const value = args[next++] ?? '';
      return /[sbq]/.test(kind) ? value : isLiteral(value) ? value : PLAIN;
    });
    if (next === from) break;
  } while (next < args.length);
  return printed;
}

/** Pages of the web have third-party text; a server on the same machine is unknown. */
function fetchPage(args: readonly Value[], host: CommandHost): Value {
  const isLocal = args.some((arg) => /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1)\b/.test(arg));
  const page = isLocal ? NOBODY_KNOWS : markOrigin(FETCHED);
  const option = args.findIndex((arg) =>
    /^(?:-[a-zA-Z]{0,8}[oO]|--output|--output-document)$/.test(arg),
  );
  const joined = /^--output(?:-document)?=(.+)$/.exec(
    args.find((arg) => /^--output/.test(arg)) ?? '',
  );
  const target = joined?.[1] ?? (option < 0 ? undefined : args[option + 1]);
  if (target === undefined || target === '-') return page;
  host.write(target, page, false);
  return '';
}

function copy(args: readonly Value[], host: CommandHost): Value {
  const [from, to] = args.filter((arg) => !arg.startsWith('-'));
  if (from !== undefined && to !== undefined) host.write(to, host.read(from), false);
  return '';
}

function tee(args: readonly Value[], stdin: Value, host: CommandHost): Value {
  const adds = args.some((arg) => /^(?:-a|--append)$/.test(arg));
  for (const path of args.filter((arg) => !arg.startsWith('-'))) host.write(path, stdin, adds);
  return stdin;
}

function filter(name: string, args: readonly Value[], stdin: Value, host: CommandHost): Value {
  if (/^(?:basename|dirname|realpath|readlink)$/.test(name)) return args.at(-1) ?? '';
  if (/grep$/.test(name) && args.some((arg) => /^-[a-zA-Z]{0,5}[cq]|^--(?:count|quiet)$/.test(arg)))
    return PLAIN;
  if (args.some((arg) => /^-i|^--in-place/.test(arg)) && /^(?:sed|yq|g?awk)$/.test(name)) return '';
  const operands = listOperands(name, args);
  const isQuery = /^(?:jq|yq|gojq)$/.test(name);
  const takesProgram =
    isQuery ||
    (/^(?:sed|g?awk|[ef]?grep|rg|tr)$/.test(name) && !args.some((arg) => /^-[ef]$/.test(arg)));
  const [program = '', ...others] = takesProgram ? operands : ['', ...operands];
  // Values that a program gets by name: `--arg body "$BODY"`, `-v x="$X"`.
  const given = args.filter((arg) => !isLiteral(arg) && !others.includes(arg));
  const isMade = isQuery && args.some((arg) => /^-[a-zA-Z]{0,4}n|^--null-input$/.test(arg));
  const paths = isMade ? [] : name === 'tr' ? [] : others;
  const contents = paths.filter((path) => path !== '-').map((path) => host.read(path));
  const input = contents.length > 0 ? contents.join('') : isMade ? '' : stdin;
  if (isQuery && selectsPlainFields(program) && readOrigin(input).kind !== 'model') return PLAIN;
  if (contents.length === 0 && !isMade && stdin === '') return NOBODY_KNOWS;
  const all = input + (name === 'tr' || /grep$|^rg$/.test(name) ? '' : given.join(''));
  return name === 'cat' ? all : weaken(isQuery ? keepMarks(all) : all);
}

/** What a query prints is not the text of its input. */
function keepMarks(value: Value): Value {
  return isLiteral(value) ? value : markOrigin(readOrigin(value));
}

function listOperands(name: string, args: readonly Value[]): Value[] {
  const operands: Value[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (/^--(?:arg|argjson|rawfile|slurpfile)$/.test(arg)) i += 2;
    else if (TAKES_VALUE[name]?.test(arg)) i++;
    else if (!/^-./.test(arg)) operands.push(arg);
  }
  return operands;
}
