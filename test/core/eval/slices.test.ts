import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SlicedCase, slicesOf } from '#core/eval/slices.ts';

const passed: SlicedCase = {
  tags: [],
  group: null,
  outcome: 'passed',
  passed: 1,
  repeats: 1,
  base: null,
};
const failed: SlicedCase = { ...passed, outcome: 'failed', passed: 0 };

test('slices have the pass rate of their cases with its interval, the lowest first', () => {
  const slices = slicesOf([
    { ...passed, tags: ['easy'] },
    { ...passed, tags: ['easy', 'long', 'long'], group: 'g' },
    { ...failed, tags: ['long'], group: 'g', base: { passed: 2, repeats: 4 } },
    { ...failed, tags: ['long'], outcome: 'skipped' },
    { ...failed, tags: ['long'], outcome: 'no-checks' },
  ]);
  assert.deepEqual(
    slices.map(({ kind, name, cases, rate, base }) => [kind, name, cases, rate, base]),
    [
      ['group', 'g', 2, 0.5, 0.5],
      ['tag', 'long', 2, 0.5, 0.5],
      ['tag', 'easy', 2, 1, null],
    ],
  );
  const [group] = slices;
  // Wilson, 1 of 2.
  assert.ok(
    Math.abs((group?.low ?? 0) - 0.0945) < 1e-3 && Math.abs((group?.high ?? 0) - 0.9055) < 1e-3,
  );
});
