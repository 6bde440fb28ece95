import type { PromptDocument } from '#core/prompt/document.ts';
import { appendItem, insertEntry } from '#core/prompt/edit.ts';
import { child, type MapNode } from '#core/prompt/node.ts';
import type { Edit } from '#core/text.ts';
import { findOccurrence } from '../language/variables.ts';
import type { ActionSource } from './action.ts';

/** Adds the variable under the cursor to every row without a value for it. */
export const addToAllRows: ActionSource = ({ prompt, text }, { start }) => {
  const here = findOccurrence(prompt, start);
  const edits = here ? addValueToRows(prompt, here.name, '""', text) : [];
  if (!here || edits.length === 0) return [];
  const rows = `${edits.length} ${edits.length === 1 ? 'row' : 'rows'}`;
  return [
    { title: `Add "${here.name}" to the ${rows} without it`, kind: 'refactor.rewrite', edits },
  ];
};

/** Adds a row with every variable in the messages. */
export const addGoldenCase: ActionSource = ({ prompt, text }, { start }) => {
  const { root } = prompt;
  if (root?.type !== 'map' || prompt.broken || root.flow) return [];
  const used = new Set(
    prompt.messages.flatMap(({ content }) => content?.placeholders.map((p) => p.name) ?? []),
  );
  const names = [...used];
  const list = child(root, 'testData');
  const isNear = list ? list.span.start <= start && start <= list.span.end : true;
  if (
    names.length === 0 ||
    (list && list.type !== 'list') ||
    !(isNear || findOccurrence(prompt, start))
  )
    return [];
  const row = [...names, 'expected'].map((name) => `${name}: ""`).join('\n');
  const isEmpty = !list || list.items.length === 0;
  if (isEmpty && list) return [];
  const edit =
    list?.type === 'list'
      ? appendItem(list, list.flow ? `{ ${row.replaceAll('\n', ', ')} }` : row, text)
      : insertEntry(root, 'testData', `\n  - ${row.replaceAll('\n', '\n    ')}`, text);
  return [{ title: 'Add a golden case', kind: 'refactor.rewrite', edits: [edit] }];
};

/** One edit per row without the variable. `yaml`: the value to insert. */
export function addValueToRows(
  prompt: PromptDocument,
  name: string,
  yaml: string,
  text: string,
): Edit[] {
  const list = child(prompt.root, 'testData');
  if (list?.type !== 'list' || prompt.broken) return [];
  const done = new Set<number>();
  return prompt.rows.flatMap((row): Edit[] => {
    const nested = row.nestedUnder?.value;
    const map = nested?.type === 'map' ? nested : (list.items[row.index] as MapNode | undefined);
    if (map?.type !== 'map' || map.alias || row.values.has(name) || done.has(map.span.start))
      return [];
    done.add(map.span.start);
    return [insertEntry(map, name, yaml, text, findLastValue(map))];
  });
}

/** The last entry that is a value; `$case` comes after the values. */
function findLastValue(map: MapNode): MapNode['entries'][number] | undefined {
  return map.entries.findLast(({ key }) => key.source !== '$case');
}
