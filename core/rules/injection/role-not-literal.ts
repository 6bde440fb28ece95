import type { Rule } from '../../lint/engine/rule.ts';
import { child, type MapNode, type Node } from '../../prompt/node.ts';
import type { Span } from '../../text.ts';
import { INJECTION } from '../security-tags.ts';

export const roleNotLiteral: Rule = {
  id: 'role-not-literal',
  severity: 'error',
  mode: 'recommended',
  group: 'injection',
  tags: INJECTION,
  summary: 'A placeholder is used where a fixed word is required',
  docs: {
    why: 'Placeholders are filled only in messages and evaluators. In `role`, `model` or a key, readers see the braces literally; in programs that fill them anyway, whoever supplies the value chooses the role or the model.',
    bad: `messages:
  - role: "{{role}}"
    content: Say hello.`,
    good: `messages:
  - role: user
    content: Say hello.`,
  },
  *check({ prompt }) {
    const { root, messages, candidates, evaluators } = prompt;
    const fixed: { node: Node | null | undefined; called: string }[] = [
      ...messages.map(({ roleNode }) => ({ node: roleNode, called: 'role' })),
      { node: prompt.modelNode, called: 'model' },
      { node: child(root, 'responseFormat'), called: 'responseFormat' },
      ...evaluators.map(({ node }) => ({
        node: child(child(node, 'llm'), 'modelId'),
        called: 'modelId',
      })),
    ];
    for (const { node, called } of fixed) {
      const place = findPlaceholder(node);
      if (place) yield { message: describePlace(`\`${called}\``), span: place };
    }
    for (const { id, span } of candidates)
      if (PLACEHOLDER.test(id)) yield { message: describePlace('`candidates`'), span };
    for (const entry of listKeys(root))
      if (PLACEHOLDER.test(entry.source))
        yield { message: describePlace('a key'), span: entry.span };
  },
};

const PLACEHOLDER = /\{\{[\p{L}\p{N}_.-][\p{L}\p{M}\p{N}_./'’ -]{0,200}\}\}/u;

function findPlaceholder(node: Node | null | undefined): Span | null {
  return node?.type === 'scalar' && typeof node.value === 'string' && PLACEHOLDER.test(node.value)
    ? node.span
    : null;
}

/** Lists the keys of the file, of its parameters and of its rows. */
function listKeys(root: Node | null): MapNode['entries'][number]['key'][] {
  const rows = child(root, 'testData');
  const maps = [root, child(root, 'modelParameters'), ...(rows?.type === 'list' ? rows.items : [])];
  return maps.flatMap((map) =>
    map?.type === 'map' && !map.alias ? map.entries.map(({ key }) => key) : [],
  );
}

function describePlace(place: string): string {
  return `Placeholders are not filled in ${place}. Write the word itself.`;
}
