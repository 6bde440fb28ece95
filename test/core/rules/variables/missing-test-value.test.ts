import { test } from 'node:test';
import { missingTestValue } from '#core/rules/variables/missing-test-value.ts';
import { undefinedVariable } from '#core/rules/variables/undefined-variable.ts';
import { checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}} {{b}}"\n';

test('rows without a value that other rows have', () => {
  checkRule(
    missingTestValue,
    `${head}testData:
  - a: 1
    b: 2
  - a: 3
    ^ warning: This case has no value for \`b\` and cannot run. Add it
  - $case: { name: none }
    ^^^^^ warning: This case has no value for \`a\`, \`b\` and cannot run. Add it
`,
  );
});

test('a variable that no row defines is reported once', () => {
  checkRule(
    [missingTestValue, undefinedVariable],
    `messages:
  - role: user
    content: "{{a}} {{b}}"
                    ^^^^^ [undefined-variable]
testData:
  - a: 1
  - a: 2
`,
  );
  checkRule(
    [missingTestValue, undefinedVariable],
    `variables:
  - name: a
  - name: b
          ^ [missing-test-value] No test row has a value for \`b\`
${head}testData:
  - a: 1
  - a: 2
`,
  );
});

test('evaluators need values too, a row’s own only for that row', () => {
  checkRule(
    missingTestValue,
    `messages:
  - role: user
    content: Hello
testData:
  - expected: a
    ^^^^^^^^ warning: no value for \`word\`
    $case: { evaluators: [{ string: { contains: "{{word}}" } }] }
  - word: b
    ^^^^ warning: no value for \`expected\`
evaluators:
  - string: { contains: "{{expected}}" }
`,
  );
});

test('a default is enough, and a skipped case needs nothing', () => {
  checkRule(
    missingTestValue,
    `variables: { a: , b: { default: x } }
${head}testData:
  - a: 1
  - $case: { skip: true }
`,
  );
});

test('a judge’s answer is not a value of the row', () => {
  checkRule(
    missingTestValue,
    `${head}testData: [{ a: 1, b: 2 }]
evaluators:
  - llm:
      prompt: "{{completion}}?"
      choices: [{ choice: a, score: 1 }]
`,
  );
});

test('rows in this file must be complete, whatever test files define', () => {
  checkRule(
    missingTestValue,
    `${head}testFiles: [more.csv]
testData:
  - a: 1
    ^ warning: no value for \`b\`
`,
    { facts: { testFileKeys: new Set(['a', 'b']) } },
  );
  checkRule(missingTestValue, `${head}testFiles: [more.csv]\ntestData:\n  - a: 1\n`);
});

test('a long list of names is truncated', () => {
  checkRule(
    missingTestValue,
    `messages:
  - role: user
    content: "{{a}} {{b}} {{c}} {{d}} {{e}}"
testData:
  - { a: 1, b: 1, c: 1, d: 1, e: 1 }
  - x: 1
    ^ warning: This case has no value for \`a\`, \`b\`, \`c\` and 2 more and cannot run. Add it
`,
  );
});
