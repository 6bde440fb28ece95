import type { Rule } from '../../lint/engine/rule.ts';
import { describeAuthor, isReported } from '../../lint/taint.ts';

export const unboundedVariable: Rule = {
  id: 'unbounded-variable',
  severity: 'hint',
  mode: 'pedantic',
  group: 'cost',
  tags: ['cost', 'OWASP-LLM10'],
  summary: 'Nothing says how long a value of outsiders may be',
  docs: {
    why: 'A value that somebody outside writes may be of any length: it costs, and it pushes the rest of the prompt out of sight. `maxTokens` says what is allowed: values in the golden cases are held against it, and the cost of a call has an upper end.',
    bad: `variables:
  - { name: mail, trust: external }
messages:
  - role: user
    content: "<mail>{{mail}}</mail>"`,
    good: `variables:
  - { name: mail, trust: external, maxTokens: 4000 }
messages:
  - role: user
    content: "<mail>{{mail}}</mail>"`,
    unless: 'The caller cuts the value, and nobody needs to know.',
  },
  *check({ prompt, uses, taints, settings }) {
    if (prompt.budget?.maxInputTokens !== undefined) return;
    const declared = new Map(prompt.variables.map((variable) => [variable.name, variable]));
    for (const [name, { span }] of uses.messages) {
      const taint = taints.get(name);
      const own = Object.hasOwn(settings.variables, name) ? settings.variables[name] : undefined;
      const limit = declared.get(name)?.maxTokens ?? own?.maxTokens;
      if (limit !== undefined || !isReported(taint, settings.mode, false)) continue;
      yield {
        message: `\`${name}\` is written by ${describeAuthor(taint)} and may be of any length: declare its \`maxTokens\`.`,
        span: declared.get(name)?.nameSpan ?? span,
        confidence: taint.confidence,
      };
    }
  },
};
