import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type SlicedCase, sliceCases } from '#core/eval/report/slices.ts';

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
  const slices = sliceCases([
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

test('a slice has its gap to the other cases, with Newcombe’s interval', () => {
  const many = (n: number, passes: number, tags: string[]): SlicedCase[] =>
    Array.from({ length: n }, (_, i) => ({ ...(i < passes ? passed : failed), tags }));
  const [holdout] = sliceCases([...many(70, 56, ['holdout']), ...many(80, 48, [])]);
  // Newcombe 1998, table II: 56/70 − 48/80 is .0524 to .3339.
  assert.ok(Math.abs((holdout?.gap?.value ?? 0) - 0.2) < 1e-12);
  assert.equal(holdout?.gap?.low.toFixed(4), '0.0524');
  assert.equal(holdout?.gap?.high.toFixed(4), '0.3339');
  assert.equal(sliceCases(many(3, 1, ['all']))[0]?.gap, null);
});
