import { rowToJson } from '../../eval/ids.ts';
import { canonicalJson } from '../../json.ts';
import type { Fix, Rule } from '../../lint/engine/rule.ts';
import type { Row } from '../../prompt/document.ts';
import { removeItem } from '../../prompt/edit.ts';
import { headSpan } from '../../prompt/locate.ts';
import { child, type ListNode, type Node, toJson } from '../../prompt/node.ts';

export const duplicateCase: Rule = {
  id: 'duplicate-case',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'Two test cases are identical or share a name',
  docs: {
    why: 'A repeated case costs twice and counts twice in every rate, so that confidence intervals look narrower than they are. When two cases share a name, reports call the second one `name~2`, by order: a comparison then mixes them up when rows move.',
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
  - country: France
    expected: Paris`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
  - country: Ghana
    expected: Accra`,
    unless: 'A case should run several times: use `--repeat`, which accounts for repetitions.',
  },
  *check({ prompt: { root, rows, text } }) {
    const list = child(root, 'testData');
    if (list?.type !== 'list') return;
    const byValues = new Map<string, Row>();
    const byName = new Map<string, Row>();
    const texts = rows.map(readTexts);
    const times = new Map<string, number>();
    for (const text of texts) times.set(text, (times.get(text) ?? 0) + 1);
    for (const [i, row] of rows.entries()) {
      const item = list.items[row.index];
      if (item?.type !== 'map' || row.values.size === 0) continue;
      const isAlone = times.get(texts[i] ?? '') === 1;
      const twin = isAlone ? undefined : remember(byValues, rowKey(row), row);
      const name = row.meta.name?.trim();
      const namesake = name ? remember(byName, name, row) : undefined;
      if (twin) {
        const message = `This case has the same values as ${describeCase(twin)}. Remove one of them.`;
        const fixes = fixByRemoval(list, item, text);
        yield { message, span: headSpan(item), related: [relatedTo(twin, list)], fixes };
      } else if (namesake) {
        const node = child(child(item, '$case'), 'name') ?? item;
        const message = `Another case is also named \`${name}\`, so reports call this one \`${name}~2\`. Give it a unique name.`;
        yield { message, span: headSpan(node), related: [relatedTo(namesake, list)] };
      }
    }
  },
};

/** Joins the strings of a row in sorted order: equal cases have equal results, most others do not. */
function readTexts({ values }: Row): string {
  return [...values.values()]
    .map(({ node, text }) => (node.type === 'scalar' && typeof node.value === 'string' ? text : ''))
    .sort()
    .join('\0');
}

/** What identifies a case: its values and its own checks. */
function rowKey(row: Row): string {
  const { evaluators, threshold } = row.meta;
  const own = evaluators.map(({ node }) => toJson(node));
  return canonicalJson([rowToJson(row), own, threshold ?? null]);
}

/** Returns the earlier equal row, if any; the first one is kept. */
function remember(known: Map<string, Row>, key: string, row: Row): Row | undefined {
  const before = known.get(key);
  if (!before) known.set(key, row);
  return before;
}

function describeCase({ meta, index }: Row): string {
  return meta.name ? `\`${meta.name}\`` : `case ${index + 1}`;
}

function relatedTo(row: Row, list: ListNode) {
  const item = list.items[row.index];
  const span = item ? headSpan(item) : row.span;
  return { message: `${describeCase(row)}`, span };
}

function fixByRemoval(list: ListNode, item: Node, text: string): Fix[] {
  const edit = removeItem(list, item, text);
  return edit ? [{ title: 'Remove this case', safe: false, edits: [edit] }] : [];
}
