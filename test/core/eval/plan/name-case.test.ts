import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameCase, nameCases } from '#core/eval/plan/name-case.ts';
import { createPlan } from '#core/eval/plan/plan.ts';
import { readTestFile } from '#core/eval/plan/test-file.ts';
import { parsePrompt } from '#core/prompt/parse.ts';

const MESSAGES = 'messages: [{ role: user, content: "{{input}}" }]\n';

/** The names of the cases of a prompt with these rows. */
function namesOf(rows: string, more = ''): string[] {
  const { cases } = createPlan(parsePrompt(`${MESSAGES}${more}testData:\n${rows}`), { models: [] });
  return cases.map((item) => nameCase(item));
}

test('a case with a name is called by it, one without by its row and first text', () => {
  assert.deepEqual(
    namesOf(
      [
        '  - { input: My number is 555-0100, expected: phone }',
        '  - { input: two, $case: { name: named } }',
        '  - { input: three, $case: { name: named } }',
        '  - { input: four, $case: { name: "  " } }',
      ].join('\n'),
    ),
    ['row 1 · My number is 555-0100', 'named', 'named~2', 'row 4 · four'],
  );
});

test('the text of a name is the first one that is not empty, without line breaks, cut after graphemes', () => {
  assert.deepEqual(
    namesOf(
      [
        '  - { expected: phone, n: 7, empty: " ", input: "  a\\n\\n  b  " }',
        '  - { expected: only this }',
        '  - { n: 7, list: [1, 2] }',
        '  - {}',
        `  - { input: "${'👩‍👩‍👧'.repeat(41)}" }`,
        `  - { input: "${'e\u0301'.repeat(40)}" }`,
        `  - { input: "${'x'.repeat(39)} and more" }`,
      ].join('\n'),
    ),
    [
      'row 1 · a b',
      'row 2 · only this',
      'row 3 · 7',
      'row 4',
      `row 5 · ${'👩‍👩‍👧'.repeat(40)}…`,
      `row 6 · ${'e\u0301'.repeat(40)}`,
      `row 7 · ${'x'.repeat(39)}…`,
    ],
  );
});

test('rows of a test file count from 1 in that file, whatever a filter leaves out', () => {
  const document = parsePrompt(`${MESSAGES}testData: [{ input: own }]\n`);
  const { rows } = readTestFile('cases/a.csv', 'input,expected\nfirst,x\nsecond,y\n', {
    placeholders: new Set(['input']),
    firstIndex: 1,
    maxRows: 10,
  });
  const all = createPlan(document, { models: [], rows: [...document.rows, ...rows] });
  const filter = { ids: new Set([all.cases[2]?.id ?? '']) };
  const { cases } = createPlan(document, {
    models: [],
    rows: [...document.rows, ...rows],
    filter,
  });
  assert.deepEqual(
    all.cases.map((item) => nameCase(item)),
    ['row 1 · own', 'row 1 · first', 'row 2 · second'],
  );
  assert.deepEqual(
    cases.map((item) => nameCase(item)),
    ['row 2 · second'],
  );
});

test('a variant tells its word, and its own text', () => {
  assert.deepEqual(
    namesOf(
      '  - { input: Tom came }\n  - { input: Tom left, $case: { name: leaving } }\n',
      'variants: { name: [Tom, Wei] }\n',
    ),
    ['row 1 · Tom came', 'row 1 (name: Wei) · Wei came', 'leaving', 'leaving (name: Wei)'],
  );
});

test('a secret is hidden before the text is cut', () => {
  const secret = `sk-${'a1B2'.repeat(20)}`;
  const { cases } = createPlan(
    parsePrompt(
      `${MESSAGES}testData:\n  - { input: "${secret}" }\n  - { $case: { name: "${secret}" } }\n`,
    ),
    { models: [] },
  );
  const names = nameCases(cases, (text) => text.replaceAll(secret, '•••'));
  assert.deepEqual([...names.values()], ['row 1 · •••', '•••']);
  assert.deepEqual(
    [...names.keys()],
    cases.map(({ id }) => id),
  );
});
