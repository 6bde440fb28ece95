import { test } from 'node:test';
import { typeMismatch } from '#core/rules/variables/type-mismatch.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (declaration: string, value: string) =>
  `variables:\n  - { name: a, ${declaration} }\nmessages:\n  - role: user\n    content: "{{a}}"\ntestData:\n  - a: ${value}\n`;

test('values of another type', () => {
  const cases = [
    ['string', '[b]', '`a` is declared as text, but this is a list'],
    ['number', 'several', '`a` is declared as a number, but this is `several`'],
    ['integer', '1.5', '`a` is declared as an integer, but this is `1.5`'],
    ['boolean', 'maybe', '`a` is declared as a boolean, but this is `maybe`'],
    ['array', '{ b: 1 }', '`a` is declared as a list, but this is a map'],
    ['object', 'text', '`a` is declared as a map, but this is `text`'],
  ] as const;
  for (const [type, value, text] of cases)
    checkRule(
      typeMismatch,
      `${file(`type: ${type}`, value)}       ${'^'.repeat(value.length)} warning: ${text}\n`,
    );
});

test('the text that is sent counts: numbers in quotes, numbers as text, JSON from a CSV file', () => {
  const cases = [
    ['string', '42'],
    ['string', 'true'],
    ['number', '"12"'],
    ['number', '1e3'],
    ['integer', '7'],
    ['boolean', '"false"'],
    ['array', "'[1, 2]'"],
    ['object', '\'{"b": 1}\''],
    ['integer', ''],
    ['object', '{ b: 1 }'],
  ] as const;
  for (const [type, value] of cases) checkRule(typeMismatch, file(`type: ${type}`, value));
});

test('values outside the enum, with the most similar one', () => {
  checkRule(
    typeMismatch,
    `${file('enum: [warm, cool, 3]', 'wram')}       ^^^^ 💡 warning: must be one of \`warm\`, \`cool\`, \`3\`\n`,
  );
  checkFix(
    typeMismatch,
    file('enum: [warm, cool]', '"wram"'),
    file('enum: [warm, cool]', '"warm"'),
    {
      safe: false,
    },
  );
  for (const value of ['warm', '"3"', '3'])
    checkRule(typeMismatch, file('enum: [warm, cool, 3]', value));
});

test('the fix writes a number of the enum without quotes', () => {
  const sizes = 'type: integer, enum: [1000, 2000]';
  checkFix(typeMismatch, file(sizes, '100'), file(sizes, '1000'), { safe: false });
});

test('a default must match too', () => {
  checkRule(
    typeMismatch,
    `variables:
  a:
    type: integer
    default: few
             ^^^ warning: The default of \`a\`
messages:
  - role: user
    content: "{{a}}"
`,
  );
});

test('skipped cases are not checked', () => {
  checkRule(typeMismatch, file('type: integer', 'few\n    $case: { skip: true }'));
});
