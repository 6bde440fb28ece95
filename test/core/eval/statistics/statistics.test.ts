import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile } from '#core/eval/statistics/bootstrap.ts';
import { fisherExact } from '#core/eval/statistics/fisher-exact.ts';
import { wilsonInterval } from '#core/eval/statistics/proportion-intervals.ts';

test('Wilson’s interval equals scipy’s', () => {
  for (const [passes, n, low, high] of [
    [41, 50, 0.692039, 0.902298],
    [0, 20, 0, 0.161125],
    [50, 50, 0.928652, 1],
    [86, 100, 0.778628, 0.914737],
    [0, 0, 0, 1],
  ] as const) {
    const interval = wilsonInterval(passes, n);
    assert.equal(interval.low.toFixed(6), low.toFixed(6));
    assert.equal(interval.high.toFixed(6), high.toFixed(6));
  }
});

test('percentiles are nearest-rank', () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  assert.equal(percentile(values, 0.5), 50);
  assert.equal(percentile(values, 0.95), 95);
  assert.equal(percentile(values, 1), 100);
  assert.equal(percentile(values, 0), 1);
  assert.equal(percentile([7], 0.99), 7);
  assert.equal(percentile([], 0.5), null);
});

test('Fisher’s exact test equals the sum of exact fractions', () => {
  for (const [a, n, b, m, p] of [
    // Fisher 1935: the lady tasting tea.
    [3, 4, 1, 4, 0.485714],
    [1, 6, 0, 42, 0.125],
    [10, 10, 3, 9, 0.003096],
    [56, 70, 48, 80, 0.012521],
    [0, 0, 3, 9, 1],
  ] as const)
    assert.equal(fisherExact(a, n, b, m).toFixed(6), p.toFixed(6));
});
