import type { Edit } from '../text.ts';
import type { PromptDocument, Row, VariableType } from './document.ts';
import { appendItem, flowText, insertEntry, scalarText } from './edit.ts';
import { findEntry, type ScalarNode } from './node.ts';

/** A row to add: its name, and the text of each placeholder. */
export interface NewCase {
  readonly name?: string;
  readonly values: ReadonlyMap<string, string>;
  readonly expected?: string;
  /** Its source, such as the address of a ticket. */
  readonly source?: string;
  /** Texts that an answer must contain, and texts that it must not. */
  readonly contains?: readonly string[];
  readonly lacks?: readonly string[];
}

/** Writes the edit that adds a row to `testData`; null if the file has no place for one. */
export function addCase({ root, text, variables }: PromptDocument, added: NewCase): Edit | null {
  if (root?.type !== 'map') return null;
  const types = new Map(variables.map(({ name, type }) => [name, type]));
  const fields = [...added.values].map(
    ([name, value]) => [name, valueYaml(value, types.get(name))] as const,
  );
  if (added.expected !== undefined && !added.values.has('expected'))
    fields.push(['expected', scalarText(added.expected)]);
  const meta = metaYaml(added);
  if (meta !== null) fields.unshift(['$case', meta]);
  const entry = findEntry(root, 'testData');
  if (entry?.value.type === 'list' && entry.value.items.length > 0) {
    if (entry.value.flow) return appendItem(entry.value, `{ ${writeFlow(added, types)} }`, text);
    return appendItem(entry.value, block(fields), text);
  }
  const item = `- ${block(fields).replaceAll('\n', '\n  ').replaceAll('\n  \n', '\n\n')}`;
  if (!entry) return insertEntry(root, 'testData', `\n${item}`, text);
  // `testData:` with nothing, or with `[]`.
  const indented = item.replaceAll('\n', '\n  ').replaceAll('\n  \n', '\n\n');
  return { span: { start: entry.key.span.end, end: entry.span.end }, text: `:\n  ${indented}` };
}

/** Writes a row with these texts instead of its own; other keys are kept (`expected`). */
export function createRow(values: ReadonlyMap<string, string>, base?: Row): Row {
  const nowhere = { start: 0, end: 0 };
  const own = [...values].map(([name, text]) => {
    const node: ScalarNode = {
      type: 'scalar',
      value: text,
      source: text,
      style: 'double',
      token: nowhere,
      span: nowhere,
      indent: 0,
      alias: false,
    };
    return [name, { name, keySpan: nowhere, node, text }] as const;
  });
  const meta = base?.meta ?? {
    tags: [],
    skip: false,
    only: false,
    must: false,
    evaluators: [],
  };
  return {
    index: base?.index ?? 0,
    number: base?.number ?? 1,
    span: base?.span ?? nowhere,
    values: new Map([...(base?.values ?? []), ...own]),
    meta: { ...meta, skip: false, only: false },
  };
}

function block(fields: readonly (readonly [string, string])[]): string {
  if (fields.length === 0) return '{}';
  return fields.map(([name, yaml]) => `${keyText(name)}: ${yaml}`).join('\n');
}

function writeFlow(added: NewCase, types: ReadonlyMap<string, VariableType | undefined>): string {
  const { values, expected } = added;
  const all = new Map(values);
  if (expected !== undefined && !all.has('expected')) all.set('expected', expected);
  const fields = [...all].map(([key, value]) => {
    const yaml = valueYaml(value, types.get(key));
    return `${keyText(key)}: ${/^[\w.-]+$|^["'{[]/.test(yaml) ? yaml : flowText(value, 'double')}`;
  });
  const meta = metaYaml(added);
  if (meta !== null) fields.unshift(`$case: ${meta}`);
  return fields.join(', ');
}

/** Writes `$case` in braces; null if it is empty. */
function metaYaml({ name, source, contains = [], lacks = [] }: NewCase): string | null {
  const checks = [
    ...contains.map((text) => checkYaml('says', 'contains', text)),
    ...lacks.map((text) => checkYaml('does not say', 'not-contains', text)),
  ];
  const entries = [
    ...(name === undefined ? [] : [`name: ${inFlow(name)}`]),
    ...(source === undefined ? [] : [`source: ${inFlow(source)}`]),
    ...(checks.length === 0 ? [] : [`evaluators: [${checks.join(', ')}]`]),
  ];
  return entries.length === 0 ? null : `{ ${entries.join(', ')} }`;
}

function checkYaml(verb: string, kind: string, text: string): string {
  const words = text.replace(/\s+/g, ' ').trim();
  const title = `${verb} ${words.length > 40 ? `${words.slice(0, 40)}…` : words}`;
  return `{ name: ${inFlow(title)}, uses: promptsmith/${kind}, with: ${inFlow(text)} }`;
}

/** Writes a value as its declared type if the text has that type, else as a string. */
function valueYaml(value: string, type: VariableType | undefined): string {
  switch (type) {
    case 'number':
    case 'integer':
      return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(value)
        ? value
        : scalarText(value);
    case 'boolean':
      return value === 'true' || value === 'false' ? value : scalarText(value);
    case 'array':
    case 'object':
      return isJson(value) ? JSON.stringify(JSON.parse(value)) : scalarText(value);
    case 'string':
    case undefined:
      return scalarText(value);
    default:
      return type satisfies never;
  }
}

/** Writes a string for use in braces, without quotes if it consists of words. */
function inFlow(text: string): string {
  const isWords = text === text.trim() && /^[\w .-]+$/.test(text);
  return flowText(text, isWords ? 'plain' : 'double');
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$.-]*$/.test(name) ? name : flowText(name, 'double');
}
