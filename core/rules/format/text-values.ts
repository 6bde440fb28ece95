import type { Problem, RuleContext } from '../../lint/engine/rule.ts';
import type { Row, RowValue } from '../../prompt/document.ts';
import { flowText, nodeEnd } from '../../prompt/edit.ts';
import { child, findEntry, type MapEntry, type MapNode } from '../../prompt/node.ts';
import { isName } from '../../prompt/template.ts';
import { parseYaml } from '../../prompt/yaml.ts';

/** Keys under which a row's values are written as text, YAML or JSON. */
const HOLDERS = ['input', 'inputs', 'vars', 'variables'];

/** Reports rows whose values are a text such as `vars: "country: France"`, which fills no placeholder. */
export function* findTextValues({ prompt, uses }: RuleContext): Generator<Problem> {
  const list = child(prompt.root, 'testData');
  for (const row of prompt.rows) {
    for (const name of HOLDERS) {
      const value = row.values.get(name);
      if (!value || row.meta.skip || uses.names.has(name)) continue;
      const entries = readEntries(value);
      const filled = entries?.find(
        ({ key }) => uses.messages.has(key.source) && !row.values.has(key.source),
      );
      if (!entries || !filled) continue;
      const item = list?.type === 'list' ? list.items[row.index] : undefined;
      const edit = item?.type === 'map' ? writeInRow(item, name, entries, row, prompt.text) : null;
      yield {
        message: `\`${name}\` is a text here, so \`{{${filled.key.source}}}\` gets no value from it. Write its values in the row itself.`,
        span: value.keySpan,
        severity: 'warning',
        ...(edit
          ? { fixes: [{ title: 'Write the values in the row', safe: false, edits: [edit] }] }
          : {}),
      };
    }
  }
}

/** The names that such texts define, for rules about names without a value: the text is the cause. */
export function collectTextNames({ prompt, uses }: RuleContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { values } of prompt.rows)
    for (const holder of HOLDERS) {
      const value = uses.names.has(holder) ? undefined : values.get(holder);
      for (const { key } of (value && readEntries(value)) ?? []) names.add(key.source);
    }
  return names;
}

/** The entries of a text that is a map of names and plain values; null for every other text. */
function readEntries({ node, text }: RowValue): readonly MapEntry[] | null {
  if (node.type !== 'scalar' || typeof node.value !== 'string' || !text.includes(':')) return null;
  const { root, problems, second } = parseYaml(text);
  if (root?.type !== 'map' || problems.length > 0 || second) return null;
  const isPlain = ({ key, value }: MapEntry): boolean =>
    isName(key.source) && value.type === 'scalar' && value.value !== null;
  return root.entries.every(isPlain) ? root.entries : null;
}

function writeInRow(
  item: MapNode,
  name: string,
  entries: readonly MapEntry[],
  { values }: Row,
  text: string,
) {
  const entry = findEntry(item, name);
  if (!entry || item.alias || item.flow || entry.value.alias) return null;
  if (entries.some(({ key }) => values.has(key.source))) return null;
  const { start } = entry.key.span;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lines = entries.map(({ key, value }) => {
    const isText = value.type === 'scalar' && typeof value.value === 'string';
    const source = value.type === 'scalar' ? value.source : '';
    return `${flowText(key.source, 'plain')}: ${isText ? flowText(source, 'plain') : source}`;
  });
  const end = nodeEnd(entry.value, text);
  return {
    span: { start, end },
    text: `${lines.join(`\n${indent}`)}${text[end - 1] === '\n' ? '\n' : ''}`,
  };
}
