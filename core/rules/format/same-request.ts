import type { Rule } from '../../lint/engine/rule.ts';
import { findForeignTokens } from '../../lint/foreign-syntax.ts';
import { findEntry } from '../../prompt/node.ts';

export const sameRequest: Rule = {
  id: 'same-request',
  severity: 'warning',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'All test rows send the same request',
  docs: {
    why: 'Rows differ only through the placeholders in the messages. If the messages have none, or all rows have the same values for them, the model gets the same question for every row: their results say nothing about different inputs, and each row costs a call.',
    bad: `messages:
  - role: user
    content: What is the capital of France?
testData:
  - country: France
    expected: Paris
  - country: Ghana
    expected: Accra`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
  - country: Ghana
    expected: Accra`,
    unless: 'The same request should run several times: use `--repeat`.',
  },
  *check({ prompt, uses, readings }) {
    const entry = findEntry(prompt.root, 'testData');
    const rows = prompt.rows.filter(({ meta, values }) => !meta.skip && values.size > 0);
    if (!entry || rows.length < 2 || prompt.testFiles.length > 0 || prompt.messages.length === 0)
      return;
    const names = [...uses.messages.keys()];
    // A name without a value has its own finding: no request is sent at all.
    if (rows.some(({ values }) => names.some((name) => !values.has(name)))) return;
    const requests = new Set(
      rows.map(({ values }) => JSON.stringify(names.map((name) => values.get(name)?.text))),
    );
    if (requests.size > 1) return;
    // Placeholders of another syntax are the cause, and have their own finding.
    const isForeign = prompt.messages.some(({ content }) =>
      readings.get(findForeignTokens, content?.text ?? '').some(({ name }) => Boolean(name)),
    );
    const differing = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
    const own = differing.filter(
      (name) => new Set(rows.map(({ values }) => values.get(name)?.text)).size > 1,
    );
    if (isForeign || own.length === 0) return;
    const key = own.find((name) => name !== 'expected') ?? 'name';
    const why =
      names.length === 0
        ? 'the messages contain no placeholder'
        : `they have the same ${names.map((name) => `\`${name}\``).join(', ')}`;
    yield {
      message: `All ${rows.length} test rows send the same request, because ${why}. Use a value that differs in a message, such as \`{{${key}}}\`.`,
      span: entry.key.span,
    };
  },
};
