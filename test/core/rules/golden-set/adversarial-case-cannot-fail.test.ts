import { test } from 'node:test';
import { adversarialCaseCannotFail } from '#core/rules/golden-set/adversarial-case-cannot-fail.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (rest: string, meta = 'tags: [adversarial]') =>
  `messages: []\n${rest}testData:\n  - mail: x\n    $case: { ${meta} }\n`;

test('an attack that no check judges', () => {
  checkRule(
    adversarialCaseCannotFail,
    `messages: []
testData:
  - mail: x
    ^^^^ info: No check fails when this attack succeeds
    $case: { tags: [adversarial] }
  - mail: y
    ^^^^ info:
    $case: { tags: [adversarial], threshold: 0 }
evaluators:
  - { name: a, uses: promptsmith/latency, with: 5000 }
  - { name: b, uses: promptsmith/contains, with: z, weight: 0 }
  - { name: c, llm: { prompt: "{{completion}}", choices: [{ choice: fine, score: 1 }] } }
`,
  );
});

test('checks that can fail, skipped cases, and prompts without attacks are not reported', () => {
  const check = 'evaluators: [{ name: a, uses: promptsmith/not-contains, with: z }]\n';
  checkRule(adversarialCaseCannotFail, file(check));
  checkRule(
    adversarialCaseCannotFail,
    file('', 'tags: [adversarial], evaluators: [{ name: a, string: { contains: z } }]'),
  );
  checkRule(adversarialCaseCannotFail, file('', 'tags: [adversarial], skip: true'));
  checkRule(adversarialCaseCannotFail, file('', 'tags: [smoke]'));
});
