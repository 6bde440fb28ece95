import { test } from 'node:test';
import { rowAlias } from '#core/rules/format/row-alias.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}} {{b}}"\n';

test('nested values are one finding for all rows', () => {
  checkRule(
    rowAlias,
    `${head}testData:
  - inputs:
    ^^^^^^ 💡 info: (2 rows)
      a: 1
  - vars:
      a: 2
  - a: 3
`,
  );
});

test('the fix outdents the lines, comments and blocks included', () => {
  checkFix(
    rowAlias,
    `${head}testData:
  - inputs:
      a: |
        one

          two
      b: "x
        y"
    expected: c
  - $case: { name: second }
    vars:
      a: 2
`,
    `${head}testData:
  - a: |
      one

        two
    b: "x
      y"
    expected: c
  - $case: { name: second }
    a: 2
`,
    { safe: true },
  );
});

test('no fix if a comment next to the key would be lost', () => {
  checkRule(rowAlias, `${head}testData:\n  - inputs: # given\n    ^^^^^^ info:\n      a: 1\n`);
});

test('rows in braces and rows with a duplicate value get no fix', () => {
  checkRule(
    rowAlias,
    `${head}testData:
  - { inputs: { a: 1 }, expected: b }
      ^^^^^^ info:
`,
  );
  checkRule(
    rowAlias,
    `${head}testData:
  - a: 1
    inputs:
    ^^^^^^ info:
      a: 2
`,
  );
});

test('a variable of that name is not reported', () => {
  checkRule(
    rowAlias,
    'messages:\n  - role: user\n    content: "{{inputs}}"\ntestData:\n  - inputs: { a: 1 }\n',
  );
  checkRule(rowAlias, `${head}testData:\n  - inputs: text\n    a: 1\n`);
});

const country = (rows: string) =>
  `messages:\n  - role: user\n    content: Name the capital of {{country}} in {{language}}.\ntestData:\n${rows}`;

test('values that are one text are reported: YAML in a block, JSON', () => {
  checkRule(
    rowAlias,
    country(`  - vars: |
    ^^^^ 💡 warning: so \`{{country}}\` gets no value from it
        country: Ghana
        language: French
  - input: '{"country": "Ghana"}'
    ^^^^^ 💡 warning:
    language: French
  - { inputs: "country: Ghana", language: French }
      ^^^^^^ warning:
`),
  );
});

test('the fix writes them in the row', () => {
  checkFix(
    rowAlias,
    country('  - vars: |\n      country: "Ghana: all"\n      language: 7\n    expected: Accra\n'),
    country("  - country: 'Ghana: all'\n    language: 7\n    expected: Accra\n"),
    { safe: false },
  );
  checkFix(
    rowAlias,
    country('  - expected: Accra\n    input: \'{"country": "Ghana", "language": "Ewe"}\' # all\n'),
    country('  - expected: Accra\n    country: Ghana\n    language: Ewe\n'),
    { safe: false },
  );
});

test('a text that is a value itself is not reported', () => {
  for (const row of [
    'input: "Note: Ghana"',
    'input: "Where is Ghana? Answer: Africa"',
    'input: Ghana',
    'vars: "country: Ghana"\n    country: Togo',
    'input: "country: [Ghana]"',
    'other: "country: Ghana"',
  ])
    checkRule(rowAlias, country(`  - ${row}\n`));
  checkRule(
    rowAlias,
    country('  - input: "country: Ghana"\n').replace('{{language}}', '{{input}}'),
  );
});
