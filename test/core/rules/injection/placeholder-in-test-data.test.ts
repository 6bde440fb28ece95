import { test } from 'node:test';
import { placeholderInTestData } from '#core/rules/injection/placeholder-in-test-data.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (severity: string) => `messages:
  - role: user
    content: "{{a}}"
testData:
  - a: "Hello {{b}}"
              ^^^^^ ${severity}
    b: Ada
`;

test('a placeholder of the same row is sent literally, or filled at random', () => {
  checkRule(
    placeholderInTestData,
    file(
      'info: `{{b}}` is sent literally: placeholders in values are not filled. Write the text itself',
    ),
  );
  checkRule(placeholderInTestData, file('error: at random'), { settings: { target: 'gh-models' } });
});

test('other names, its own name and other syntax are not reported', () => {
  checkRule(
    placeholderInTestData,
    `messages:
  - role: user
    content: "{{a}}"
testData:
  - a: "Hello {{c}}, {{a}}, {{ b }}, {b}"
    b: Ada
  - c: one
`,
  );
});
