import { CsvError, parse } from 'csv-parse/sync';
import type { MapEntry, MapNode, Node } from '../../prompt/node.ts';
import type { Span } from '../../text.ts';
import { type CsvSeparator, findSeparator, SEPARATOR_NAMES } from './csv-separator.ts';
import { listNode, mapEntry, mapNode, scalarNode } from './data-node.ts';
import { isPromptfooColumn, isReadColumn, readPromptfooCase } from './promptfoo-columns.ts';

export interface CsvRows {
  readonly rows: readonly MapNode[];
  /** `error`: the file cannot be used. `info`: how it was read. */
  readonly problems: readonly {
    readonly message: string;
    readonly span: Span;
    readonly severity: 'error' | 'warning' | 'info';
  }[];
}

/**
 * Reads the rows of a CSV text (RFC 4180 with any line ending, and with semicolons or tabs for commas; a byte
 * order mark is skipped). The first line contains the names of the variables; every value is a text. `$case.name`, `$case.tags` (separated by
 * commas) and the other scalar keys of `$case` can be columns, and so can promptfoo's `__expected` and similar
 * ones. Reads at most `maxRows` + 1 rows.
 */
export function readCsv(text: string, maxRows: number): CsvRows {
  const problems: CsvRows['problems'][number][] = [];
  const report = (severity: 'error' | 'warning' | 'info', message: string, span: Span): void => {
    problems.push({ message, span, severity });
  };
  const { separator, start } = findSeparator(text, text.startsWith('\ufeff') ? 1 : 0);
  const records = readRecords(text, start, separator, maxRows + 2);
  if ('message' in records) return { rows: [], problems: [{ ...records, severity: 'error' }] };
  const [head, ...body] = records;
  if (!head) return { rows: [], problems };
  const between = SEPARATOR_NAMES[separator];
  if (separator !== ',')
    report('info', `the columns are separated by ${between}s, not by commas`, head.span);
  const names = head.cells.map((name) => name.trim());
  const seen = new Set<string>();
  for (const [i, name] of names.entries()) {
    if (name === '') report('error', `column ${i + 1} has no name in the first line`, head.span);
    else if (seen.has(name)) report('error', `two columns are named "${name}"`, head.span);
    else if (isUnread(name)) report('warning', `the column "${name}" is ignored`, head.span);
    seen.add(name);
  }
  if (problems.some(({ severity }) => severity === 'error')) return { rows: [], problems };
  const rows = body.flatMap(({ cells, span }) => {
    if (cells.length > names.length) {
      const message = `this row has ${cells.length} cells for ${names.length} columns; put values with a ${between} in double quotes`;
      report('error', message, span);
      return [];
    }
    return [createRow(names, cells, span, (message) => report('warning', message, span))];
  });
  return { rows, problems };
}

interface CsvRecord {
  readonly cells: readonly string[];
  readonly span: Span;
}

/** Keys of `$case` that can be columns, and the type of their cells. */
const CASE_KEYS: Readonly<Record<string, 'text' | 'texts' | 'flag' | 'number'>> = {
  name: 'text',
  group: 'text',
  source: 'text',
  tags: 'texts',
  skip: 'flag',
  only: 'flag',
  must: 'flag',
  threshold: 'number',
};

function isUnread(name: string): boolean {
  if (name.startsWith('$case')) return !Object.hasOwn(CASE_KEYS, name.slice('$case.'.length));
  return isPromptfooColumn(name) && !isReadColumn(name);
}

function readRecords(
  text: string,
  start: number,
  delimiter: CsvSeparator,
  to: number,
): CsvRecord[] | { readonly message: string; readonly span: Span } {
  try {
    const records = parse(text.slice(start), {
      delimiter,
      info: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      to,
    }) as unknown as { record: string[]; info: { bytes: number } }[];
    const offsets = new ByteOffsets(text, start);
    let end = start;
    return records.map(({ record, info }) => {
      let from = end;
      while (text[from] === '\n' || text[from] === '\r') from++;
      end = offsets.at(info.bytes);
      return { cells: record, span: { start: from, end: Math.max(from, trimEnd(text, end)) } };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    const at = lineStart(text, start, line);
    return {
      message: describeCsvError(error, delimiter),
      span: { start: at, end: trimEnd(text, text.length, at) },
    };
  }
}

function describeCsvError({ code, message }: CsvError, separator: CsvSeparator): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a double quote is not closed';
    case 'INVALID_OPENING_QUOTE':
      return 'a value contains a double quote; put the value in double quotes and double the quote inside';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `text between a closing double quote and the next ${SEPARATOR_NAMES[separator]}; double the quotes inside a value`;
    default:
      return message;
  }
}

/** Converts ascending UTF-8 byte counts to UTF-16 offsets. */
class ByteOffsets {
  readonly #text: string;
  readonly #start: number;
  #at: number;
  #bytes = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#start = start;
    this.#at = start;
  }

  at(bytes: number): number {
    if (bytes < this.#bytes) {
      this.#at = this.#start;
      this.#bytes = 0;
    }
    while (this.#bytes < bytes && this.#at < this.#text.length) {
      const code = this.#text.codePointAt(this.#at) ?? 0;
      this.#bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      this.#at += code > 0xffff ? 2 : 1;
    }
    return this.#at;
  }
}

function lineStart(text: string, start: number, line: number): number {
  let at = start;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', at);
    if (next < 0) break;
    at = next + 1;
  }
  return at;
}

/** The end of the text before the line break at `end`, or of the first line after `from`. */
function trimEnd(text: string, end: number, from?: number): number {
  if (from !== undefined) {
    const next = text.indexOf('\n', from);
    return next < 0 ? end : next;
  }
  let at = end;
  while (at > 0 && (text[at - 1] === '\n' || text[at - 1] === '\r')) at--;
  return at;
}

function createRow(
  names: readonly string[],
  cells: readonly string[],
  span: Span,
  problem: (message: string) => void,
): MapNode {
  const entries: MapEntry[] = [];
  const about: MapEntry[] = [];
  const foreign = new Map<string, string>();
  for (const [i, cell] of cells.entries()) {
    const name = names[i] ?? '';
    if (isPromptfooColumn(name)) {
      if (isReadColumn(name)) foreign.set(name, cell);
    } else if (name.startsWith('$case')) {
      const key = name.slice('$case.'.length);
      const node = readCaseValue(key, cell.trim(), span, problem);
      if (node) about.push(mapEntry(key, node, span));
    } else entries.push(mapEntry(name, scalarNode(cell, span), span));
  }
  if (foreign.size > 0) about.push(...createPromptfooEntries(foreign, span, problem));
  if (about.length > 0) entries.push(mapEntry('$case', mapNode(about, span), span));
  return mapNode(entries, span);
}

function readCaseValue(
  key: string,
  cell: string,
  span: Span,
  problem: (message: string) => void,
): Node | null {
  const type = Object.hasOwn(CASE_KEYS, key) ? CASE_KEYS[key] : undefined;
  if (type === undefined || cell === '') return null;
  switch (type) {
    case 'text':
      return scalarNode(cell, span);
    case 'texts': {
      const tags = cell.split(',').map((tag) => tag.trim());
      return listNode(
        tags.filter((tag) => tag !== '').map((tag) => scalarNode(tag, span)),
        span,
      );
    }
    case 'flag':
      if (/^(?:true|false)$/i.test(cell)) return scalarNode(/^true$/i.test(cell), span);
      problem(`\`$case.${key}\` must be true or false, not "${cell.slice(0, 40)}"`);
      return null;
    case 'number':
      if (Number.isFinite(Number(cell))) return scalarNode(Number(cell), span, cell);
      problem(`\`$case.${key}\` must be a number, not "${cell.slice(0, 40)}"`);
      return null;
    default:
      return type satisfies never;
  }
}

function createPromptfooEntries(
  cells: ReadonlyMap<string, string>,
  span: Span,
  problem: (message: string) => void,
): MapEntry[] {
  const { name, threshold, evaluators } = readPromptfooCase(cells, problem);
  const entry = (key: string, value: string | number): MapEntry =>
    mapEntry(key, scalarNode(value, span), span);
  const nodes = evaluators.map((check) => {
    const parts = [entry('uses', check.uses)];
    if (typeof check.with === 'string') parts.push(entry('with', check.with));
    else if (check.with) {
      const items = check.with.map((item) => scalarNode(item, span));
      parts.push(mapEntry('with', listNode(items, span), span));
    }
    if (check.threshold !== undefined) parts.push(entry('threshold', check.threshold));
    if (check.metric !== undefined) parts.push(entry('metric', check.metric));
    return mapNode(parts, span);
  });
  return [
    ...(name === undefined ? [] : [entry('name', name)]),
    ...(threshold === undefined ? [] : [entry('threshold', threshold)]),
    ...(nodes.length === 0 ? [] : [mapEntry('evaluators', listNode(nodes, span), span)]),
  ];
}
