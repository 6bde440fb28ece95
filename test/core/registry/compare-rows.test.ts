import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { compareRows } from '#core/registry/compare-rows.ts';

type Cells = Readonly<Record<string, unknown>>;

const read = (rows: readonly Cells[]) => parsePrompt(JSON.stringify({ testData: rows })).rows;

const compare = (before: readonly Cells[], after: readonly Cells[]) =>
  compareRows(read(before), read(after)).map(({ bump, text }) => `${bump}: ${text}`);

const ROWS = Array.from({ length: 40 }, (_, i) => ({
  ticket: `ticket ${i}`,
  expected: `queue ${i % 3}`,
}));

test('rows are the same whatever their order', () => {
  assert.deepEqual(compare(ROWS, ROWS.toReversed()), []);
});

test('a field that changed in several rows is one change with their number', () => {
  assert.deepEqual(
    compare(
      ROWS,
      ROWS.map((row) => ({ ...row, ticket: `${row.ticket}, please` })),
    ),
    ['patch: `ticket` changed in 40 test rows'],
  );
  assert.deepEqual(
    compare(
      ROWS,
      ROWS.map((row) => ({ ...row, plan: 'free' })),
    ),
    ['patch: `plan` changed in 40 test rows'],
  );
});

test('changed expected values are listed up to five', () => {
  const changes = compare(
    ROWS,
    ROWS.map((row, i) => (i < 7 ? { ...row, expected: 'other' } : row)),
  );
  assert.equal(changes.length, 6);
  assert.match(
    changes[0] ?? '',
    /^patch: the expected value of test row 1 \(“ticket 0”\) changed: queue 0 → other$/,
  );
  assert.equal(changes.at(-1), 'patch: 2 more expected values changed');
});

test('rows that share an expected value only are other rows, unless they are at the same place', () => {
  const others = [
    { ticket: 'another', expected: 'queue 1' },
    { ticket: 'one more', expected: 'queue 2' },
  ];
  assert.deepEqual(compare(ROWS, [...others, ...ROWS.slice(2)].toReversed()), [
    'patch: 2 test rows were added',
    'patch: 2 test rows were removed',
  ]);
  assert.deepEqual(compare(ROWS, [ROWS[0] ?? {}, ...others.slice(0, 1), ...ROWS.slice(2)]), [
    'patch: `ticket` of test row 2 (“another”) changed: "ticket 1" → "another"',
  ]);
});

test('rows that share nothing were added and removed', () => {
  const after = [...ROWS.slice(2), { ticket: 'new', expected: 'queue 9' }];
  assert.deepEqual(compare(ROWS, after), [
    'patch: 1 test row was added',
    'patch: 2 test rows were removed',
  ]);
});

test('checks of a row belong to it, whatever it is called', () => {
  const row = (name: string, threshold: number, value: string) => ({
    ticket: 'Where is it?',
    $case: { name, threshold, evaluators: [{ uses: 'promptsmith/contains', with: value }] },
  });
  assert.deepEqual(compare([row('a', 0.5, 'x')], [row('b', 0.5, 'x')]), [
    'patch: `$case.name` of the test row "a" changed: "a" → "b"',
  ]);
  assert.deepEqual(compare([row('a', 0.5, 'x')], [row('a', 0.9, 'y')]), [
    'minor: the value of the evaluator "contains" of the test row "a" changed: "x" → "y"',
    'minor: `$case.threshold` of the test row "a" changed: 0.5 → 0.9',
  ]);
  assert.deepEqual(compare([], [row('a', 0.5, 'x')]), [
    'patch: 1 test row was added',
    'minor: test rows with checks of their own were added or removed',
  ]);
});
