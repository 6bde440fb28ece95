import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultRow } from '#client/results/messages.ts';
import { describeRepeats } from '#client/webview/case-texts.ts';
import { fitColumns, WIDTHS } from '#client/webview/column-widths.ts';
import { computeChange, FIRST_CHOICE, filterRows } from '#client/webview/result-rows.ts';

const row: ResultRow = {
  id: 'a',
  name: 'a',
  missing: 0,
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
  { ...row, id: 'b', name: 'b', outcome: 'failed', passed: 0, tags: ['long'], base: pass },
  {
    ...row,
    id: 'c',
    name: 'c',
    outcome: 'errored',
    passed: 0,
    repeats: 0,
    missing: 1,
    latencyMs: null,
  },
  { ...row, id: 'd', name: 'd', passed: 2, repeats: 3, flaky: 1 / 3, base: pass, group: 'letters' },
  { ...row, id: 'e', name: 'e', outcome: 'skipped' },
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
  assert.equal(ids({ show: 'unanswered' }), 'c');
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

test('a case of which some repeats have no answer is among the unanswered', () => {
  const partly = { ...row, id: 'p', name: 'row 3 · Ünal', missing: 1 };
  const found = filterRows([row, partly], { ...FIRST_CHOICE, show: 'unanswered', text: 'ünal' });
  assert.deepEqual(found, [partly]);
  assert.equal(describeRepeats(partly), '1/1 1 missing');
  assert.equal(describeRepeats({ ...partly, passed: 0, repeats: 0, missing: 2 }), '2 missing');
});

test('a narrow table leaves out columns that an opened case shows, and is never cut', () => {
  const all = ['result', 'case', 'model', 'score', 'repeats', 'latency', 'cost', 'tags'] as const;
  assert.deepEqual(fitColumns(all, 100), all);
  for (let width = 18; width < 70; width++) {
    const shown = fitColumns(all, width);
    const taken = shown.reduce((sum, column) => sum + WIDTHS[column], 0);
    assert.ok(taken <= width, `${shown} in ${width} em`);
    assert.deepEqual(shown.slice(0, 2), ['result', 'case']);
  }
  assert.ok(!fitColumns(all, 50).includes('tags'));
  assert.ok(fitColumns(all, 36).includes('repeats'));
});
