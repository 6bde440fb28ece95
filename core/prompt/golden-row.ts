import type { Edit } from '../text.ts';
import type { PromptDocument } from './document.ts';
import { appendItem, insertEntry, scalarText } from './edit.ts';
import { child } from './node.ts';

/** A case that somebody wants to have tested from now on. */
export interface GoldenRow {
  readonly values: Readonly<Record<string, string>>;
  readonly name?: string;
  /** Where it comes from, such as a ticket's address. */
  readonly source?: string;
  /** What an answer must contain, and what it must not. */
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
}

/**
 * The edit that puts a row at the end of `testData`; or one sentence that says why there is no place for
 * it.
 */
export function addGoldenRow(
  { root, broken }: Pick<PromptDocument, 'root' | 'broken'>,
  row: GoldenRow,
  text: string,
): Edit | { readonly error: string } {
  if (root?.type !== 'map' || broken) return { error: 'the file has YAML errors: mend them first' };
  const list = child(root, 'testData');
  const isEmpty = list === undefined || list === null;
  if (!isEmpty && (list.type !== 'list' || list.flow || list.alias || list.items.length === 0))
    return { error: '`testData` is no list of rows in block style, one `- …` to a row' };
  const yaml = rowYaml(row);
  if (list?.type === 'list') return appendItem(list, yaml, text);
  if (root.flow) return { error: 'the file is written in flow style: add `testData` by hand' };
  return insertEntry(root, 'testData', `\n  - ${yaml.replaceAll('\n', '\n    ')}`, text);
}

function rowYaml({ values, name, source, contains = [], lacks = [] }: GoldenRow): string {
  const entries = Object.entries(values).map(([key, value]) => entry(key, value));
  const checks = [
    ...contains.map((wanted) => check('contains', wanted)),
    ...lacks.map((unwanted) => check('not-contains', unwanted)),
  ];
  const meta = [
    ...(name === undefined ? [] : [entry('name', name)]),
    ...(source === undefined ? [] : [entry('source', source)]),
    ...(checks.length === 0 ? [] : [`evaluators:\n${indent(checks.join('\n'))}`]),
  ];
  if (meta.length > 0) entries.push(`$case:\n${indent(meta.join('\n'))}`);
  return entries.join('\n');
}

function check(kind: string, value: string): string {
  const name = kind === 'contains' ? 'says' : 'does not say';
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  const title = `${name} ${shown.replace(/\s+/g, ' ')}`;
  const lines = [entry('name', title), entry('uses', `promptsmith/${kind}`), entry('with', value)];
  return `- ${indent(lines.join('\n')).trimStart()}`;
}

/** Keys are names of variables and our own: those that need quotes get them. */
function entry(key: string, value: string): string {
  const plain = /^[\w$][\w$-]*$/.test(key) && !/^(?:true|false|null|yes|no|on|off|\d+)$/i.test(key);
  return `${plain ? key : JSON.stringify(key)}: ${scalarText(value)}`;
}

/** Two blanks before each line that is not empty. */
function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
