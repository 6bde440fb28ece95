import { test } from 'node:test';
import { goldenCaseInPrompt } from '#core/rules/golden-set/golden-case-in-prompt.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (rows: string) => `messages:
  - role: system
    content: |
      Sort mails. Example of a mail about delivery: my parcel should have come last week, but nobody has seen it yet.
      The topics are delivery, payment and returns.
  - role: user
    content: Where is it?
  - role: assistant
    content: delivery
  - role: user
    content: "{{mail}}"
testData:
${rows}`;

test('an example that is a case, and prompt text that nearly is one', () => {
  checkRule(
    goldenCaseInPrompt,
    file(`  - mail: where is it
          ^^^^^^^^^^^ info: Message 2 contains this as an example, so the case only tests copying. Remove one of them
    expected: delivery
  - mail: "My parcel should have come last week, but nobody has seen it yet!"
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info: Message 1 contains this almost literally as an example, so the case only tests copying
`),
  );
});

test('the shortest text that counts, and the share of it that the prompt contains', () => {
  // Seven words are enough, six are not.
  const seven = 'my parcel should have come last week';
  checkRule(
    goldenCaseInPrompt,
    file(`  - mail: ${seven}\n          ${'^'.repeat(seven.length)} info: Message 1\n`),
  );
  checkRule(goldenCaseInPrompt, file('  - mail: my parcel should have come last\n'));
  // Eight of its twelve runs of four words.
  const most = 'my parcel should have come last week but nobody has told me why';
  checkRule(goldenCaseInPrompt, file(`  - mail: ${most}\n`));
});

test('words that occur in the prompt by chance, answers, and values that all rows share are not reported', () => {
  for (const rows of [
    '  - mail: delivery\n',
    '  - mail: payment and returns\n',
    '  - mail: The box was empty when it came.\n    expected: my parcel should have come last week, but nobody has seen it yet\n',
    '  - mail: My parcel has not come yet, and nobody could tell me last week where it is.\n',
    '  - mail: Where is it?\n    x: 1\n  - mail: Where is it?\n    x: 2\n',
  ])
    checkRule(goldenCaseInPrompt, file(rows));
});
