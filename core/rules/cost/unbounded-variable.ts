import type { Rule } from '../../lint/engine/rule.ts';
import { describeTaint, isReported } from '../../lint/taint.ts';

export const unboundedVariable: Rule = {
  id: 'unbounded-variable',
  severity: 'hint',
  mode: 'pedantic',
  group: 'cost',
  tags: ['cost', 'OWASP-LLM10'],
  summary: 'The length of an untrusted value is not limited',
  docs: {
    why: 'An untrusted value can have any length. A long one is expensive and drowns out the rest of the prompt. `maxTokens` limits it: values in golden cases are checked against the limit, and the cost of a call has an upper bound.',
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
    unless: 'The caller already truncates the value.',
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
        message: `\`${name}\` ${describeTaint(taint)} of unlimited length. Declare its \`maxTokens\`.`,
        span: declared.get(name)?.nameSpan ?? span,
        confidence: taint.confidence,
      };
    }
  },
};
