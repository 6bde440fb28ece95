import type { Fix, Problem, Rule } from '../../lint/engine/rule.ts';
import type { PromptDocument, Variable } from '../../prompt/document.ts';
import { removeEntry } from '../../prompt/edit.ts';
import { pointAt } from '../../prompt/locate.ts';
import { child, findEntry, type MapEntry, type Node } from '../../prompt/node.ts';

export const nullValue: Rule = {
  id: 'null-value',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  fix: 'safe',
  summary: 'A value is `null`, so its placeholder becomes empty text',
  docs: {
    why: 'A key without a value, `null` and `~` all mean null in YAML. The placeholder becomes empty text, usually because somebody forgot the value. For intentionally empty text, use `""`.',
    bad: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language:`,
    good: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German`,
  },
  *check({ prompt, uses }) {
    const isUsed = (name: string): boolean => uses.messages.has(name) || uses.evaluators.has(name);
    const list = child(prompt.root, 'testData');
    for (const { values, index, meta, nestedUnder } of prompt.rows) {
      if (meta.skip) continue;
      const item = list?.type === 'list' ? list.items[index] : undefined;
      for (const { name, node, keySpan } of values.values()) {
        if (!isNull(node) || !isUsed(name)) continue;
        const entry = findEntry(item, name) ?? findEntry(nestedUnder?.value, name);
        // Changing a value changes the id of a case without a name.
        const isSafe = meta.name !== undefined && name !== 'expected';
        const message = `This case fills \`{{${name}}}\` with empty text. Add a value, or use \`""\` if that is intended.`;
        yield entry ? reportNull(entry, message, isSafe) : { message, span: keySpan };
      }
    }
    for (const variable of prompt.variables) {
      const { name, defaultNode, nameSpan, required } = variable;
      if (!defaultNode || !isNull(defaultNode) || !isUsed(name)) continue;
      const isWritten = defaultNode.span.end > defaultNode.span.start;
      const span = isWritten ? defaultNode.span : nameSpan;
      if (required) {
        const message = `\`${name}\` is required, but its default, null, fills a missing value with empty text. Remove the default.`;
        yield { message, span, fixes: removeDefault(variable, prompt) };
      } else {
        const message = `The default of \`${name}\` is null, so its placeholder becomes empty text. Set a default, or use \`""\` if that is intended.`;
        yield { message, span };
      }
    }
  },
};

function removeDefault({ defaultNode, name }: Variable, { root, text }: PromptDocument): Fix[] {
  const list = child(root, 'variables');
  const declarations = list?.type === 'list' ? list.items : [child(list, name)];
  for (const map of declarations) {
    const entry = findEntry(map, 'default');
    if (map?.type === 'map' && entry && entry.value === defaultNode && !map.alias)
      return [{ title: 'Remove the default', safe: false, edits: [removeEntry(map, entry, text)] }];
  }
  return [];
}

function reportNull(entry: MapEntry, message: string, safe: boolean): Problem {
  const { key, value } = entry;
  const span = pointAt(entry);
  if (value.alias) return { message, span };
  const isWritten = value.span.end > value.span.start;
  const edit = isWritten
    ? { span: value.span, text: '""' }
    : { span: { start: key.span.end, end: key.span.end + 1 }, text: ': ""' };
  return { message, span, fixes: [{ title: 'Use empty text', safe, edits: [edit] }] };
}

function isNull(node: Node): boolean {
  return node.type === 'scalar' && node.value === null;
}
