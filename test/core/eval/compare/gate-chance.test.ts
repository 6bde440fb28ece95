import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GateQuestion, gateChance } from '#core/eval/compare/gate-chance.ts';
import { pairedChange } from '#core/eval/statistics/paired-change.ts';

const RUNS = 300;

/** Five cases that always passed in the baseline: at most five can change. */
function five(more: Partial<GateQuestion>): GateQuestion {
  const base = { passed: 3, repeats: 3 };
  const cases = Array.from({ length: 5 }, () => ({ must: false, base }));
  return { preset: 'no-regression', cases, repeats: 3, margin: 0.05, ...more };
}

test('no-regression: with fewer than six changed cases nothing is a regression', () => {
  assert.equal(gateChance(five({}), 0, RUNS), 1);
  // Passed two times of three, all of them may come out lower.
  const cases = five({}).cases.map((one) => ({ ...one, base: { passed: 2, repeats: 3 } }));
  assert.equal(gateChance(five({ cases, repeats: 30 }), 0, 1_000), 1);
});

test('no-regression: a `must` case that fails once refuses', () => {
  const cases = five({}).cases.map((one) => ({ ...one, must: true }));
  const chance = gateChance(five({ cases }), 0, RUNS);
  assert.ok(chance > 0 && chance < 1, String(chance));
});

test('non-inferior: with fewer than six changed cases the interval is that of the comparison', () => {
  const same = Array.from({ length: 5 }, () => ({ base: 1, candidate: 1, repeats: 3 }));
  // Five cases that stay as they are do not prove that nothing got worse by 35 points.
  assert.ok(pairedChange(same, 0).interval.low < -0.35);
  assert.equal(gateChance(five({ preset: 'non-inferior', margin: 0.35 }), 0, RUNS), 0);
});
