import { findClosest } from '../../find-closest.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Variable, VariableType } from '../../prompt/document.ts';
import { setScalar } from '../../prompt/edit.ts';
import { fitsType } from '../../prompt/fits-type.ts';
import { headSpan } from '../../prompt/locate.ts';
import type { Json, Node } from '../../prompt/node.ts';
import { valueText } from '../../prompt/read-rows.ts';

export const typeMismatch: Rule = {
  id: 'type-mismatch',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  fix: 'unsafe',
  summary: 'A value does not match the declared type or `enum`',
  docs: {
    why: 'Callers rely on declarations. A test row with another type of value tests a call that never happens. The text that is sent decides: `"12"` is a number too, and a number is a valid `string`.',
    bad: `variables:
  - name: count
    type: integer
messages:
  - role: user
    content: Give me {{count}} ideas.
testData:
  - count: a few`,
    good: `variables:
  - name: count
    type: integer
messages:
  - role: user
    content: Give me {{count}} ideas.
testData:
  - count: 3`,
  },
  *check({ prompt }) {
    const variables = new Map(
      prompt.variables.filter((v) => v.type ?? v.enum).map((v) => [v.name, v] as const),
    );
    if (variables.size === 0) return;
    for (const variable of variables.values()) {
      const { defaultNode } = variable;
      const problem =
        defaultNode && reportMismatch(variable, defaultNode, prompt.text, 'The default of ');
      if (problem) yield problem;
    }
    for (const { values, meta } of prompt.rows) {
      if (meta.skip) continue;
      for (const { name, node } of values.values()) {
        const variable = variables.get(name);
        const problem = variable && reportMismatch(variable, node, prompt.text, '');
        if (problem) yield problem;
      }
    }
  },
};

function reportMismatch(
  { name, type, enum: choices }: Variable,
  node: Node,
  fileText: string,
  lead: string,
): Problem | null {
  // An empty value is reported by `null-value`.
  if (node.type === 'scalar' && node.value === null) return null;
  const span = headSpan(node);
  if (type && !fitsType(type, node)) {
    const message = `${lead}\`${name}\` is declared as ${WORDS[type]}, but this is ${showValue(node)}.`;
    return { message, span };
  }
  if (!choices) return null;
  const texts = choices.map(writeChoice);
  const text = valueText(node);
  if (texts.includes(text)) return null;
  const near = text.length > 2 && text.length < 100 ? findClosest(text, texts) : undefined;
  const known = texts
    .slice(0, 8)
    .map((choice) => `\`${choice}\``)
    .join(', ');
  const message = `${lead}\`${name}\` must be one of ${known}${texts.length > 8 ? ' …' : ''}, but this is ${showValue(node)}.`;
  if (near === undefined || node.type !== 'scalar' || node.alias || span.end !== node.span.end)
    return { message, span };
  const choice = choices[texts.indexOf(near)];
  const value = typeof choice === 'number' || typeof choice === 'boolean' ? choice : near;
  const edits = [setScalar(node, fileText, value)];
  return { message, span, fixes: [{ title: `Change it to \`${near}\``, safe: false, edits }] };
}

const WORDS: Readonly<Record<VariableType, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'an integer',
  boolean: 'a boolean',
  array: 'a list',
  object: 'a map',
};

function writeChoice(choice: Json): string {
  return typeof choice === 'string' ? choice : JSON.stringify(choice);
}

function showValue(node: Node): string {
  if (node.type !== 'scalar') return node.type === 'list' ? 'a list' : 'a map';
  const text = valueText(node);
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}
