import type { Rule } from '../../lint/engine/rule.ts';

export const undeclaredVariable: Rule = {
  id: 'undeclared-variable',
  severity: 'info',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables', 'evals'],
  summary: 'An evaluator uses a value of the rows that `variables` does not declare',
  docs: {
    why: 'A placeholder in a message must be declared where the file has `variables` (see `undefined-variable`). One in an evaluator works without a declaration if every row has it; a declaration adds completion, a type and a finding where a row lacks it. `expected` is a convention and needs no declaration.',
    bad: `variables:
  - name: text
messages:
  - role: user
    content: Summarize {{text}}.
testData:
  - text: The sky is blue.
    keyword: blue
evaluators:
  - name: keeps the keyword
    string:
      contains: "{{keyword}}"`,
    good: `variables:
  - name: text
  - name: keyword
messages:
  - role: user
    content: Summarize {{text}}.
testData:
  - text: The sky is blue.
    keyword: blue
evaluators:
  - name: keeps the keyword
    string:
      contains: "{{keyword}}"`,
  },
  *check({ prompt, uses }) {
    if (!prompt.declares) return;
    const declared = new Set(prompt.variables.map(({ name }) => name));
    const given = new Set(prompt.rows.flatMap(({ values }) => [...values.keys()]));
    for (const [name, { span }] of uses.evaluators) {
      if (name === 'expected' || declared.has(name) || uses.messages.has(name)) continue;
      if (!given.has(name)) continue;
      const message = `\`{{${name}}}\` is not declared, so a row without it is not reported. Declare \`${name}\` under \`variables\`.`;
      yield { message, span };
    }
  },
};
