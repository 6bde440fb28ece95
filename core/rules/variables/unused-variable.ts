import { findClosest } from '../../find-closest.ts';
import type { Rule } from '../../lint/engine/rule.ts';

export const unusedVariable: Rule = {
  id: 'unused-variable',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  summary: 'A declared variable stands in no placeholder',
  diagnosticTag: 'unnecessary',
  docs: {
    why: 'Callers fill what `variables` declares. A value that no message and no evaluator uses is work for nothing, and most often a placeholder with a typing error.',
    bad: `variables:
  - name: text
  - name: tone
messages:
  - role: user
    content: Summarise {{text}}.`,
    good: `variables:
  - name: text
  - name: tone
messages:
  - role: user
    content: Summarise {{text}} in a {{tone}} tone.`,
    unless: 'The value is only for the caller’s own bookkeeping: put it under `metadata`.',
  },
  *check({ prompt, uses }) {
    const declared = new Set(prompt.variables.map(({ name }) => name));
    const undeclared = [...uses.messages.keys()]
      .filter((name) => !declared.has(name))
      .slice(0, 100);
    for (const { name, nameSpan } of prompt.variables) {
      if (uses.names.has(name)) continue;
      const near = name.length > 2 ? findClosest(name, undeclared) : undefined;
      const hint = near
        ? `the messages have \`{{${near}}}\`. Did you mean that?`
        : `write \`{{${name}}}\` where its value belongs, or take the declaration out.`;
      yield { message: `Nothing uses the variable \`${name}\`: ${hint}`, span: nameSpan };
    }
  },
};
