/** The contents of one line of block YAML: dashes, a key and the start of its value. */
export interface YamlLine {
  /** Columns of the list dashes, from the left. */
  readonly dashes: readonly number[];
  /** Column of the text after blanks and dashes; the line's length if there is none. */
  readonly column: number;
  readonly key: { readonly name: string; readonly end: number } | null;
  /** Column of the value after `key:`, or of the text if there is no key. */
  readonly value: number;
  /** The value is the header of a block scalar, so deeper lines are its text. */
  readonly isBlockHeader: boolean;
  readonly isBlank: boolean;
}

/** Maximum length of a key on one line (YAML 1.2.2, section 7.4.2). */
const MAX_KEY = 1024;
const QUOTED_KEY = /(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')[ \t]{0,80}:(?=[ \t]|$)/y;
const HEADER = /^(?:[&!][^\s]+[ \t]+)*[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$/;

/** Reads a line without its line break. Accepts any text. */
export function readYamlLine(line: string): YamlLine {
  const dashes: number[] = [];
  let column = skipBlanks(line, 0);
  while (
    line[column] === '-' &&
    (column + 1 >= line.length || /[ \t]/.test(line[column + 1] ?? ''))
  ) {
    dashes.push(column);
    column = skipBlanks(line, column + 1);
  }
  const key = readKey(line, column);
  const value = key ? skipBlanks(line, key.end + 1) : column;
  const rest = line.slice(value, value + MAX_KEY);
  return {
    dashes,
    column,
    key,
    value,
    isBlockHeader: HEADER.test(rest) && (key !== null || dashes.length > 0),
    isBlank: column >= line.length && dashes.length === 0,
  };
}

/** Column where the comment of a line starts, ignoring quoted text; the line's length if there is none. */
export function findCommentStart(line: string, from: number): number {
  let quote = '';
  for (let i = from; i < line.length; i++) {
    const char = line[i] ?? '';
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++;
      else if (char === quote) quote = '';
    } else if (char === '#' && (i === 0 || /\s/.test(line[i - 1] ?? ''))) return i;
    else if ((char === '"' || char === "'") && (i === from || /[\s,[{:]/.test(line[i - 1] ?? '')))
      quote = char;
  }
  return line.length;
}

/** The key at a column: quoted, or plain up to a colon that is followed by a blank or the end of the line. */
function readKey(line: string, column: number): YamlLine['key'] {
  const first = line[column] ?? '';
  if (first === '"' || first === "'") {
    QUOTED_KEY.lastIndex = column;
    const match = QUOTED_KEY.exec(line.slice(0, column + MAX_KEY));
    const name = match?.[1] ?? match?.[2]?.replaceAll("''", "'") ?? '';
    return match && { name, end: column + match[0].length - 1 };
  }
  if (/[#{[&*!|>%@`,\]}]/.test(first)) return null;
  for (let i = column; i < line.length && i < column + MAX_KEY; i++) {
    if (line[i] === '#' && /\s/.test(line[i - 1] ?? '')) return null;
    const isColon = line[i] === ':' && i > column && /^[ \t]?$/.test(line[i + 1] ?? '');
    if (isColon) return { name: line.slice(column, i).trimEnd(), end: i };
  }
  return null;
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line[at] === ' ' || line[at] === '\t') at++;
  return at;
}
