import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWorse, type SlicedCase, sliceCases } from '#core/eval/report/slices.ts';

/** `n` cases of which the first `passes` pass. */
function many(n: number, passes: number, more: Partial<SlicedCase> = {}): SlicedCase[] {
  return Array.from({ length: n }, (_, i) => ({
    id: `${more.tags?.join() ?? ''} ${i}`,
    tags: [],
    outcome: i < passes ? 'passed' : 'failed',
    passed: i < passes ? 1 : 0,
    repeats: 1,
    ...more,
  }));
}

test('slices have the pass rate of their cases with its interval, the lowest first', () => {
  const slices = sliceCases([
    ...many(6, 6, { tags: ['easy', 'easy'] }),
    ...many(8, 4, { tags: ['long'], base: { passed: 2, repeats: 4 } }),
    ...many(1, 0, { tags: ['long'], outcome: 'skipped' }),
    ...many(1, 0, { tags: ['long'], outcome: 'no-checks' }),
  ]);
  assert.deepEqual(
    slices.map(({ kind, name, cases, rate, base }) => [kind, name, cases, rate, base]),
    [
      ['tag', 'long', 8, 0.5, 0.5],
      ['tag', 'easy', 6, 1, null],
    ],
  );
  // Wilson, 4 of 8.
  assert.equal(slices[0]?.low.toFixed(4), '0.2152');
  assert.equal(slices[0]?.high.toFixed(4), '0.7848');
});

test('a slice has its gap to the other cases, with Newcombe’s interval and Fisher’s p-value', () => {
  const [holdout] = sliceCases([...many(70, 56, { tags: ['holdout'] }), ...many(80, 48)]);
  // Newcombe 1998, table II: 56/70 − 48/80 is .0524 to .3339.
  assert.ok(Math.abs((holdout?.gap?.value ?? 0) - 0.2) < 1e-12);
  assert.equal(holdout?.gap?.low.toFixed(4), '0.0524');
  assert.equal(holdout?.gap?.high.toFixed(4), '0.3339');
  // The sum of the tables’ chances as exact fractions is 0.012521.
  assert.equal(holdout?.gap?.p.toFixed(4), '0.0125');
  assert.equal(sliceCases(many(6, 1, { tags: ['all'] }))[0]?.gap, null);
});

test('a slice of fewer than six cases is not shown, however bad it is', () => {
  assert.deepEqual(sliceCases([...many(5, 0, { tags: ['rare'] }), ...many(40, 40)]), []);
  const [six] = sliceCases([...many(6, 0, { tags: ['rare'] }), ...many(40, 40)]);
  assert.ok(six && isWorse(six));
});

test('cases that share a group are one observation', () => {
  const grouped = many(12, 0, { tags: ['t'] }).map((one, i) => ({ ...one, group: `g${i % 2}` }));
  // Two groups, not twelve cases.
  assert.deepEqual(sliceCases([...grouped, ...many(40, 40)]), []);
  const six = many(12, 6, { tags: ['t'] }).map((one, i) => ({ ...one, group: `g${i % 6}` }));
  const [slice] = sliceCases([...six, ...many(40, 40)]);
  assert.deepEqual([slice?.cases, slice?.groups], [12, 6]);
  const [alone] = sliceCases([...many(12, 6, { tags: ['t'] }), ...many(40, 40)]);
  assert.ok((slice?.high ?? 0) - (slice?.low ?? 0) > (alone?.high ?? 0) - (alone?.low ?? 0));
});

test('p-values are adjusted for every slice of every model', () => {
  const cases = [...many(8, 5, { tags: ['t'] }), ...many(40, 39)];
  const [alone] = sliceCases(cases);
  assert.ok(alone && isWorse(alone), String(alone?.gap?.p));
  assert.equal(alone.gap?.pAdjusted, alone.gap?.p);
  const looked = ['a', 'b', 'c'].flatMap((model) =>
    cases.map((one, i) => ({
      ...one,
      model,
      tags: [...one.tags, ...['u', 'v'].filter((_, at) => i % 6 === at)],
      ...(model === 'a' ? {} : { passed: 1, outcome: 'passed' as const }),
    })),
  );
  const slices = sliceCases(looked);
  assert.equal(slices.length, 9);
  const found = slices.find(({ name, model }) => name === 't' && model === 'a');
  assert.equal(found?.gap?.p, alone.gap?.p);
  assert.equal(found?.gap?.pAdjusted, Math.min(1, (alone.gap?.p ?? 0) * 9));
  assert.ok(found && !isWorse(found));
});
