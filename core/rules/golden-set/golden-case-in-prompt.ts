import type { Rule, RuleContext } from '../../lint/engine/rule.ts';
import { pointAtValue } from '../injection/row-values.ts';
import { splitWords } from './shingles.ts';
import { collectShownTexts, findShownMessage, type SentValue } from './shown-texts.ts';

export const goldenCaseInPrompt: Rule = {
  id: 'golden-case-in-prompt',
  severity: 'info',
  mode: 'recommended',
  group: 'golden-set',
  tags: ['evals'],
  summary: 'A golden case is also an example in the prompt',
  docs: {
    why: 'A case whose input the prompt shows as an example tests whether the model can copy. Its result says nothing about other inputs and inflates the pass rate. Both equal and nearly equal texts are found.',
    bad: `messages:
  - role: user
    content: Where is my parcel? I ordered two weeks ago.
  - role: assistant
    content: delivery
  - role: user
    content: "{{mail}}"
testData:
  - mail: Where is my parcel? I ordered two weeks ago.
    expected: delivery`,
    good: `messages:
  - role: user
    content: Where is my parcel? I ordered two weeks ago.
  - role: assistant
    content: delivery
  - role: user
    content: "{{mail}}"
testData:
  - mail: The box came, but it was empty.
    expected: delivery`,
    unless:
      'The case only checks that the examples still work. It still counts in the pass rate, whatever its tags.',
  },
  *check(context) {
    const { prompt, uses, readings } = context;
    if (prompt.rows.length === 0) return;
    const constants = findConstantNames(context);
    const sent: SentValue[] = prompt.rows.flatMap(({ values }) =>
      [...values.values()]
        .filter(({ name }) => uses.messages.has(name) && !constants.has(name))
        .map((value) => ({ value, words: readings.get(splitWords, value.text) })),
    );
    const shown = collectShownTexts(context, sent);
    for (const one of sent) {
      const match = findShownMessage(one, shown, context);
      if (!match) continue;
      const { message, isWhole } = match;
      const { value } = one;
      yield {
        message: `Message ${message.index + 1} contains this ${isWhole ? '' : 'almost literally '}as an example, so the case only tests copying. Remove one of them.`,
        span: pointAtValue(value, 0, value.text.length, prompt.text),
        related: [{ message: 'the message', span: message.span }],
      };
    }
  },
};

/** The names of values that all rows share: they belong to the prompt, not to a case. */
function findConstantNames({ prompt: { rows } }: RuleContext): ReadonlySet<string> {
  const first = rows[0];
  if (!first || rows.length < 2) return new Set();
  const names = [...first.values.values()].filter(({ name, text }) =>
    rows.every(({ values }) => values.get(name)?.text === text),
  );
  return new Set(names.map(({ name }) => name));
}
