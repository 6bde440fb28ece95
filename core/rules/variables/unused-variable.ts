import { findClosest } from '../../find-closest.ts';
import type { Rule } from '../../lint/engine/rule.ts';

export const unusedVariable: Rule = {
  id: 'unused-variable',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  summary: 'A declared variable is not used',
  diagnosticTag: 'unnecessary',
  docs: {
    why: 'Callers supply what `variables` declares. A value that no message and no evaluator uses is wasted work, and usually a sign of a misspelled placeholder.',
    bad: `variables:
  - name: text
  - name: tone
messages:
  - role: user
    content: Summarize {{text}}.`,
    good: `variables:
  - name: text
  - name: tone
messages:
  - role: user
    content: Summarize {{text}} in a {{tone}} tone.`,
    unless: 'Only the caller uses the value: put it under `metadata`.',
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
        ? `Did you mean \`{{${near}}}\`?`
        : `Add \`{{${name}}}\` where its value belongs, or remove the declaration.`;
      yield { message: `Nothing uses the variable \`${name}\`. ${hint}`, span: nameSpan };
    }
  },
};
