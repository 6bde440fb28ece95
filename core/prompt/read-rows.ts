import type { CaseMeta, Row, RowValue } from './document.ts';
import { ROW_NESTING } from './keys.ts';
import { child, type MapEntry, type MapNode, type Node, readNumber, toJson } from './node.ts';
import { readEvaluators } from './read-evaluators.ts';

/** What reading a row needs besides its node. */
export interface RowContext {
  /** The names of the placeholders in the messages. */
  readonly placeholders: ReadonlySet<string>;
  readonly oddKeys: ReadonlySet<string>;
  /** The text of the file that the row is in. */
  readonly text: string;
}

/**
 * Reads the rows of `testData`. Values nested under `inputs`, `variables` or `vars` are flattened unless a
 * placeholder has that very name. A row that is not a map has no values.
 */
export function readRows(root: MapNode | null, context: RowContext): Row[] {
  const list = child(root, 'testData');
  if (list?.type !== 'list') return [];
  return list.items.map((item, index) => readRow(item, index, context));
}

/** Reads one row of `testData` or of a YAML test file. */
export function readRow(
  node: Node,
  index: number,
  { placeholders, oddKeys, text }: RowContext,
): Row {
  const values = new Map<string, RowValue>();
  const entries = node.type === 'map' ? node.entries : [];
  const nestedUnder = entries.find(
    (entry) =>
      ROW_NESTING.has(entry.key.source) &&
      entry.value.type === 'map' &&
      !placeholders.has(entry.key.source),
  );
  for (const entry of entries) {
    if (entry === nestedUnder || entry.key.source === '$case') continue;
    values.set(entry.key.source, rowValue(entry));
  }
  // A row's own keys take precedence over nested ones of the same name.
  for (const entry of nestedUnder?.value.type === 'map' ? nestedUnder.value.entries : []) {
    if (!values.has(entry.key.source)) values.set(entry.key.source, rowValue(entry));
  }
  const $case = child(node, '$case');
  const meta = $case ? readMeta($case, text, oddKeys) : NO_META;
  const row = { index, number: index + 1, span: node.span, values, meta };
  return nestedUnder ? { ...row, nestedUnder } : row;
}

/** Returns the text that a placeholder gets for a value. */
export function valueText(node: Node): string {
  if (node.type !== 'scalar') return JSON.stringify(toJson(node));
  if (node.value === null) return '';
  return typeof node.value === 'string' ? node.value : node.source;
}

function rowValue({ key, value }: MapEntry): RowValue {
  return { name: key.source, keySpan: key.span, node: value, text: valueText(value) };
}

/** The metadata of a row without `$case`. */
const NO_META: CaseMeta = { tags: [], skip: false, only: false, must: false, evaluators: [] };

function readMeta(node: Node, text: string, oddKeys: ReadonlySet<string>): CaseMeta {
  const string = (key: string): string | undefined => {
    const value = child(node, key);
    return value?.type === 'scalar' && value.value !== null ? String(value.source) : undefined;
  };
  const flag = (key: string): boolean => {
    const value = child(node, key);
    return value?.type === 'scalar' && value.value === true;
  };
  const tags = child(node, 'tags');
  const threshold = readNumber(child(node, 'threshold'));
  const [name, group, source] = [string('name'), string('group'), string('source')];
  return {
    tags:
      tags?.type === 'list'
        ? tags.items.flatMap((tag) => (tag.type === 'scalar' ? [tag.source] : []))
        : [],
    skip: flag('skip'),
    only: flag('only'),
    must: flag('must'),
    evaluators: readEvaluators(child(node, 'evaluators'), text, oddKeys),
    ...(name === undefined ? {} : { name }),
    ...(group === undefined ? {} : { group }),
    ...(source === undefined ? {} : { source }),
    ...(threshold === undefined ? {} : { threshold }),
  };
}
