import type { Rule } from '../../lint/engine/rule.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { child } from '../../prompt/node.ts';

export const severalCriteria: Rule = {
  id: 'several-criteria',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'A `string` evaluator has several criteria, of which gh-models applies only one',
  docs: {
    why: 'Promptsmith requires all criteria of a `string`. gh-models applies the first of `equals`, `contains`, `startsWith` and `endsWith` and silently ignores the others, so the two give different results.',
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
        const message = `gh-models ignores \`${key.source}\` beside \`${used}\`, while Promptsmith requires both. Move it to its own entry.`;
        yield { message, span: key.span };
        break;
      }
    }
  },
};
