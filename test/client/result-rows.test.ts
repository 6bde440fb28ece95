import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultRow } from '#client/results/messages.ts';
import { computeChange, FIRST_CHOICE, filterRows } from '#client/webview/result-rows.ts';

const row: ResultRow = {
  id: 'a',
  model: null,
  tags: [],
  group: null,
  outcome: 'passed',
  passed: 1,
  repeats: 1,
  score: 1,
  flaky: null,
  latencyMs: 10,
  cost: 0,
  base: null,
};
const pass = { outcome: 'passed', passed: 3, repeats: 3, score: 1 } as const;
const rows: readonly ResultRow[] = [
  row,
  { ...row, id: 'b', outcome: 'failed', passed: 0, tags: ['long'], base: pass },
  { ...row, id: 'c', outcome: 'errored', passed: 0, latencyMs: null },
  { ...row, id: 'd', passed: 2, repeats: 3, flaky: 1 / 3, base: pass, group: 'letters' },
  { ...row, id: 'e', outcome: 'skipped' },
];
const ids = (choice: Partial<typeof FIRST_CHOICE>) =>
  filterRows(rows, { ...FIRST_CHOICE, ...choice })
    .map(({ id }) => id)
    .join('');

test('what failed comes first; other orders leave equal lines in the order of the file', () => {
  assert.equal(ids({}), 'cbead');
  assert.equal(ids({ sort: 'case', descending: true }), 'edcba');
  assert.equal(ids({ sort: 'latency' }), 'abdec', 'what has no figure comes last');
  assert.equal(ids({ sort: 'change' }), 'bdace');
});

test('lines are filtered by outcome, change, flakiness and words', () => {
  assert.equal(ids({ show: 'not-passed' }), 'cb');
  assert.equal(ids({ show: 'changed' }), 'bd');
  assert.equal(ids({ show: 'flaky' }), 'd');
  assert.equal(ids({ text: 'LONG failed' }), 'b');
  assert.equal(ids({ text: 'letters' }), 'd');
  assert.equal(ids({ text: 'nothing' }), '');
});

test('a change is the difference of the shares that passed', () => {
  assert.deepEqual(
    rows.map((one) => computeChange(one)),
    [null, -1, null, 2 / 3 - 1, null],
  );
});
