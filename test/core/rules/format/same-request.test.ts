import { test } from 'node:test';
import { sameRequest } from '#core/rules/format/same-request.ts';
import { checkRule } from '../../../support/caret.ts';

const prompt = (content: string, rest: string) =>
  `messages:\n  - role: user\n    content: "${content}"\n${rest}`;

test('rows that differ in nothing that is sent', () => {
  checkRule(
    sameRequest,
    prompt(
      'Name a river.',
      `testData:
^^^^^^^^ warning: All 2 test rows send the same request, because the messages contain no placeholder. Use a value that differs in a message, such as \`{{country}}\`
  - country: France
    expected: Seine
  - country: Ghana
    expected: Volta
`,
    ),
  );
  checkRule(
    sameRequest,
    prompt(
      'Answer in {{language}}.',
      `testData:
^^^^^^^^ warning: because they have the same \`language\`
  - { language: French, question: Who? }
  - { language: French, question: Where? }
`,
    ),
  );
});

test('no finding for rows with different requests, one row, or rows that are skipped', () => {
  for (const rest of [
    'testData:\n  - a: 1\n    b: 1\n  - a: 2\n    b: 2\n',
    'testData:\n  - a: 1\n    b: 1\n',
    'testData:\n  - a: 1\n    b: 1\n  - a: 1\n    b: 2\n    $case: { skip: true }\n',
    'testFiles: [more.csv]\ntestData:\n  - a: 1\n    b: 1\n  - a: 1\n    b: 2\n',
  ])
    checkRule(sameRequest, prompt('Say {{a}}', rest));
});

test('no finding where another rule names the cause', () => {
  const rows = 'testData:\n  - a: 1\n    b: 1\n  - a: 1\n    b: 2\n';
  // A value that is missing, a placeholder of another tool, rows that are equal.
  checkRule(sameRequest, prompt('Say {{a}} {{c}}', rows));
  checkRule(sameRequest, prompt('Say {{ b }}', rows));
  checkRule(sameRequest, prompt('Say {{a}}', 'testData:\n  - a: 1\n  - a: 1\n'));
});
