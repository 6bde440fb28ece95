import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparePools, confidenceAfter, satisfiesGate } from '#core/registry/compare-pools.ts';
import { poolRuns } from '#core/registry/pool-runs.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { CASES, MODEL, runOf } from './gates.ts';

const on = (day: number) => `2026-11-${day}T09:00:00.000Z`;
const side = (runs: readonly AttachedEval[]) => poolRuns(runs, MODEL);

function compare(base: readonly AttachedEval[], version: readonly AttachedEval[], margin = 0.1) {
  const found = comparePools(side(base), side(version), { margin });
  assert.ok(!('error' in found));
  return found;
}

const base = runOf({ id: 'base', at: on(10) });
const good = (id: string, day: number) => runOf({ id, at: on(day) });

test('each run that was added after the first comparison is one more look', () => {
  const looks = (before: AttachedEval[], version: AttachedEval[]) => compare(before, version).looks;
  assert.equal(looks([base], [good('a', 11)]), 1);
  assert.equal(looks([base], [good('a', 11), good('b', 12), good('c', 13)]), 3);
  assert.equal(looks([base, good('d', 14)], [good('a', 11), good('b', 12)]), 3);
  // Before the label's version had a run there was nothing to look at.
  assert.equal(looks([good('d', 14)], [good('a', 11), good('b', 12)]), 1);
});

test('a run that only repeats cached answers is no look', () => {
  const cached = runOf({ id: 'cached', at: on(12), source: 'cache' });
  const first = good('a', 11);
  const copy = { ...first, run: { ...first.run, id: 'copy', at: on(13) } };
  assert.equal(compare([base], [first, copy]).looks, 1);
  assert.equal(compare([base], [first, cached]).looks, 2, 'other answers from the cache');
});

test('the interval widens with each look', () => {
  assert.deepEqual([1, 2, 3].map(confidenceAfter), [0.95, 0.9875, 1 - 0.05 / 9]);
  const once = compare([base], [good('a', 11)]);
  assert.equal(once.strict, once.all);
  const twice = compare([base], [good('a', 11), good('b', 12)]);
  assert.ok(twice.strict.interval[0] < twice.all.interval[0]);
  assert.equal(twice.strict.delta, twice.all.delta);
  // Just within the margin by the 95 % interval.
  const margin = -twice.all.interval[0] + 0.002;
  const again = compare([base], [good('a', 11), good('b', 12)], margin);
  assert.equal(again.all.nonInferior, true);
  assert.equal(satisfiesGate('non-inferior', again), false);
});

test('no regression is not enough after a first regression, proof is', () => {
  // The label's version fails other cases than the first run of the new one.
  const before = runOf({ id: 'before', at: on(10), fails: (i) => i >= 34 });
  const first = runOf({ id: 'first', at: on(11), fails: (i) => i < 9 || i >= 34 });
  const lucky = [12, 13, 14, 15].map((day) => good(`g${day}`, day));
  const found = compare([before], [first, ...lucky], 0.02);
  assert.deepEqual([found.first.regression, found.first.delta], [true, -9 / CASES]);
  assert.deepEqual([found.all.regression, found.strict.nonInferior], [false, false]);
  assert.equal(satisfiesGate('no-regression', found), false);
  assert.equal(satisfiesGate('no-regression', compare([before], lucky, 0.02)), true);
  const proven = compare([before], [first, ...lucky], 0.3);
  assert.deepEqual([proven.first.regression, proven.strict.nonInferior], [true, true]);
  assert.equal(satisfiesGate('no-regression', proven), true);
});
