import type { Rule } from '../../lint/engine/rule.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { child } from '../../prompt/node.ts';

export const severalCriteria: Rule = {
  id: 'several-criteria',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'A `string` evaluator has several criteria, of which gh-models used one',
  docs: {
    why: 'Here all criteria of a `string` must hold. The old runner used the first of `equals`, `contains`, `startsWith`, `endsWith` and passed over the others without a word, so results differ between the two.',
    bad: `messages:
  - role: user
    content: Name a capital.
evaluators:
  - name: answer
    string:
      startsWith: The
      endsWith: "."`,
    good: `messages:
  - role: user
    content: Name a capital.
evaluators:
  - name: begins well
    string:
      startsWith: The
  - name: ends well
    string:
      endsWith: "."`,
    unless: 'Nobody runs the file with gh-models.',
  },
  *check({ prompt }) {
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const { body } = evaluator;
      if (body.type !== 'string' || body.criteria.length < 2) continue;
      const used = body.criteria[0]?.kind ?? '';
      const string = child(map, 'string');
      for (const { key } of string?.type === 'map' ? string.entries : []) {
        if (key.source === used || !body.criteria.some(({ kind }) => kind === key.source)) continue;
        const message = `Here \`${key.source}\` must hold beside \`${used}\`; gh-models used \`${used}\` alone. An entry of its own means the same everywhere.`;
        yield { message, span: key.span };
        break;
      }
    }
  },
};
