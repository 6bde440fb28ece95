import { parseJsonText } from '../../json-text.ts';
import { formatCount } from '../../models/figures.ts';
import type { Row } from '../../prompt/document.ts';
import type { Node } from '../../prompt/node.ts';
import { readRow } from '../../prompt/read-rows.ts';
import { parseYaml } from '../../prompt/yaml.ts';
import { LineMap, type Span } from '../../text.ts';
import { readCsv } from './csv-rows.ts';
import { jsonToNode } from './data-node.ts';

/** A problem in a test file. `error`: a run must not start, because cases would be missing; `info`: how it was read. */
export interface TestFileProblem {
  /** One sentence without a capital letter and a period. */
  readonly message: string;
  /** Offsets in the test file. */
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'info';
}

export interface TestFileOptions {
  /** The prompt's placeholders: a key such as `inputs` is a value if a placeholder has this name. */
  readonly placeholders: ReadonlySet<string>;
  /** Index of the first row; default 0. */
  readonly firstIndex?: number;
  /** More rows are an error. */
  readonly maxRows: number;
}

/** True if the path has an extension of test files. */
export function isTestFile(path: string): boolean {
  return detectFormat(path) !== null;
}

/**
 * Reads the rows of a test file: CSV, JSON Lines or a YAML list, depending on the extension. Never throws.
 * Spans are offsets in `text`, and `file` of each row is `path`.
 */
export function readTestFile(
  path: string,
  text: string,
  { placeholders, firstIndex = 0, maxRows }: TestFileOptions,
): { readonly rows: readonly Row[]; readonly problems: readonly TestFileProblem[] } {
  const { nodes, problems } = readNodes(path, text, maxRows);
  const [extra] = nodes.slice(maxRows, maxRows + 1);
  if (extra) {
    const message = `more than ${formatCount(maxRows)} rows; split them into several prompts`;
    return { rows: [], problems: [{ message, span: extra.span, severity: 'error' }] };
  }
  const lines = new LineMap(text);
  const context = { placeholders, oddKeys: NO_ODD_KEYS, text };
  const rows = nodes.map((node, i) => ({
    ...readRow(node, firstIndex + i, context),
    number: i + 1,
    line: lines.position(node.span.start).line + 1,
    file: path,
  }));
  return { rows, problems };
}

/** The texts of a row's own evaluators are filled by name when they run. */
const NO_ODD_KEYS: ReadonlySet<string> = new Set();

interface ReadNodes {
  readonly nodes: readonly Node[];
  readonly problems: readonly TestFileProblem[];
}

function detectFormat(path: string): 'csv' | 'jsonl' | 'yaml' | null {
  const ending = /\.(csv|jsonl|ya?ml)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === undefined) return null;
  return ending === 'csv' || ending === 'jsonl' ? ending : 'yaml';
}

function readNodes(path: string, text: string, maxRows: number): ReadNodes {
  const format = detectFormat(path);
  switch (format) {
    case 'csv': {
      const { rows, problems } = readCsv(text, maxRows);
      return { nodes: rows, problems };
    }
    case 'jsonl':
      return readLines(text, maxRows);
    case 'yaml':
      return readList(text);
    case null:
      return rejectFile('test files must end in .csv, .jsonl or .yaml', { start: 0, end: 0 });
    default:
      return format satisfies never;
  }
}

function readLines(text: string, maxRows: number): ReadNodes {
  const nodes: Node[] = [];
  const problems: TestFileProblem[] = [];
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    if (line.trim() !== '') {
      const json = parseJsonText(line);
      if ('message' in json) {
        const span = { start: json.span.start + start, end: json.span.end + start };
        problems.push({ message: `not valid JSON: ${json.message}`, span, severity: 'error' });
      } else if (json.type !== 'object') {
        problems.push({ message: NO_MAP, span: { start, end }, severity: 'error' });
      } else nodes.push(jsonToNode(json, line, start));
    }
    if (nodes.length > maxRows || problems.length >= MAX_PROBLEMS) break;
    start = end + 1;
  }
  return { nodes, problems };
}

function readList(text: string): ReadNodes {
  const { root, problems, second } = parseYaml(text);
  const [broken] = problems;
  if (broken) {
    const message =
      broken.code === 'too-many-values'
        ? 'too many values for YAML; use .jsonl'
        : broken.message.replace(/\.$/, '');
    return rejectFile(message, broken.span);
  }
  if (second) return rejectFile('a test file must be one YAML document; join the lists', second);
  const isEmpty = !root || (root.type === 'scalar' && root.value === null);
  if (isEmpty) return { nodes: [], problems: [] };
  if (root.type !== 'list') return rejectFile('the top level is not a list of rows', root.span);
  const wrong = root.items.filter((item) => item.type !== 'map').slice(0, MAX_PROBLEMS);
  return {
    nodes: root.items,
    problems: wrong.map(({ span }) => ({ message: NO_MAP, span, severity: 'error' })),
  };
}

/** Further problems are not reported. */
const MAX_PROBLEMS = 10;

const NO_MAP = 'a row must be a map of names to values';

function rejectFile(message: string, span: Span): ReadNodes {
  return { nodes: [], problems: [{ message, span, severity: 'error' }] };
}
