import { test } from 'node:test';
import { uncheckedExpected } from '#core/rules/format/unchecked-expected.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';
const rows = 'testData:\n  - a: 1\n    expected: one\n';

test('rows with `expected` and no evaluator, or none that compares with it', () => {
  checkRule(
    uncheckedExpected,
    `${head}testData:
  - a: 1
  - a: 2
    expected: two
    ^^^^^^^^ 💡 info: because there are no evaluators
`,
  );
  checkRule(
    uncheckedExpected,
    `${head}testData:
  - a: 1
    expected: one
    ^^^^^^^^ 💡 info: No evaluator compares the answer with
evaluators:
  - name: short
    uses: promptsmith/length
    with: { max: 20 }
  - name: says one
    uses: promptsmith/icontains
    with: one
  - name: fluent
    uses: github/fluency
`,
  );
});

test('a row’s own evaluator compares only that row', () => {
  checkRule(
    uncheckedExpected,
    `${head}testData:
  - a: 1
    expected: one
    $case: { evaluators: [{ name: same, uses: promptsmith/equals }] }
  - a: 2
    expected: two
    ^^^^^^^^ 💡 info: No evaluator
`,
  );
});

test('the fix adds an evaluator that suits the texts', () => {
  const icontains = '- name: contains the expected text\n    uses: promptsmith/icontains\n';
  checkFix(uncheckedExpected, `${head}${rows}`, `${head}${rows}evaluators:\n  ${icontains}`, {
    safe: false,
  });
  checkFix(
    uncheckedExpected,
    `${head}evaluators: []\n${rows}`,
    `${head}evaluators:\n  ${icontains}${rows}`,
    { safe: false },
  );
  const length =
    'evaluators:\n  - name: short\n    uses: promptsmith/length\n    with: { max: 9 }\n';
  const long = rows.replace('one', 'It is the first of the numbers.');
  checkFix(
    uncheckedExpected,
    `${head}${long}${length}`,
    `${head}${long}${length}  - name: means the same\n    uses: github/similarity\n    threshold: 0.75\n`,
    { safe: false },
  );
});

test('no finding where an evaluator reads `expected`', () => {
  for (const evaluator of [
    'string: { contains: "{{expected}}" }',
    'uses: github/similarity',
    'uses: promptsmith/equals',
    'uses: promptsmith/rubric\n    with: It is right.',
    'uses: promptsmith/not-icontains\n    with: "not {{expected}}"',
    'llm: { modelId: m, prompt: "{{completion}} {{expected}}", choices: [{ choice: a, score: 1 }] }',
    // Unknown kinds have a finding of their own.
    'uses: acme/compare',
  ])
    checkRule(uncheckedExpected, `${head}${rows}evaluators:\n  - name: e\n    ${evaluator}\n`);
});

test('no finding without a text in `expected`, or where the messages send it', () => {
  checkRule(uncheckedExpected, `${head}testData:\n  - a: 1\n    expected: ""\n`);
  checkRule(
    uncheckedExpected,
    `${head}testData:\n  - a: 1\n    $case: { skip: true }\n    expected: b\n`,
  );
  checkRule(uncheckedExpected, `${head.replace('{{a}}', '{{expected}}')}${rows}`);
});

test('columns of test files are checked when they are loaded', () => {
  const file = `${head}testFiles:
  - more.csv
    ^^^^^^^^ 💡 info: Nothing compares
`;
  checkRule(uncheckedExpected, file, { facts: { testFileKeys: new Set(['a', 'expected']) } });
  checkRule(uncheckedExpected, `${head}testFiles: [more.csv]\n`, {
    facts: { testFileKeys: new Set(['a']) },
  });
});
