import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tQuantile975 } from '#core/eval/statistics/distributions.ts';
import { type Pair, pairedChange, pairedPValue } from '#core/eval/statistics/paired-change.ts';
import { bonettPriceInterval } from '#core/eval/statistics/proportion-intervals.ts';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { calibrate, POWER, simulatedPairs } from '#test/support/simulated-pairs.ts';

/** Simulated pairs of runs for each figure. */
const RUNS = 2_000;

for (const { n, repeats, power } of POWER.filter(({ n }) => n <= 100)) {
  test(`${n} cases × ${repeats}: false alarms and power`, () => {
    const unchanged = calibrate(n, repeats, 0, RUNS);
    assert.ok(unchanged.alarms <= 0.05, `false alarms ${unchanged.alarms}`);
    const worse = calibrate(n, repeats, 0.05, RUNS);
    assert.ok(Math.abs(worse.regressions - power) <= 0.04, `power ${worse.regressions}`);
  });
}

/** 20 groups of 5 cases; in a run the cases of a group all pass or all fail. */
function groupedPairs(random: Rng, named: boolean): Pair[] {
  return Array.from({ length: 20 }, (_, group) => {
    const [base, candidate] = [random.uniform() < 0.7 ? 1 : 0, random.uniform() < 0.7 ? 1 : 0];
    const pair = { base, candidate, repeats: 1, ...(named ? { group: `g${group}` } : {}) };
    return new Array<Pair>(5).fill(pair);
  }).flat();
}

test('cases that move together raise no false alarm when they are in a group', () => {
  const alarms = (named: boolean): number => {
    const random = createRng(9);
    let count = 0;
    for (let i = 0; i < RUNS; i++)
      if (pairedPValue(groupedPairs(random, named), i, 500) < 0.05) count++;
    return count / RUNS;
  };
  assert.ok(alarms(true) <= 0.05);
  assert.ok(alarms(false) > 0.15);
});

test('the interval: its method follows what changed', () => {
  const pairs = (worse: number, better: number, n: number, repeats = 1): Pair[] =>
    Array.from({ length: n }, (_, i) => ({
      base: i < worse ? 1 : 0,
      candidate: i >= worse && i < worse + better ? 1 : 0,
      repeats,
    }));
  // One repeat: Bonett–Price.
  const single = pairedChange(pairs(9, 2, 50), 1);
  assert.deepEqual(single.interval, bonettPriceInterval(9, 2, 50));
  assert.equal(single.changed, 11);
  // Repeats, hardly a change: Bonett–Price over majorities, never empty.
  const calm = pairedChange(pairs(0, 0, 50, 3), 1);
  assert.deepEqual(calm.interval, bonettPriceInterval(0, 0, 50));
  assert.ok(calm.interval.high > 0.05);
  // Repeats and six changes: the bootstrap, which no majority hides.
  const thirds = Array.from({ length: 50 }, (_, i) => ({
    base: 1,
    candidate: i < 10 ? 2 / 3 : 1,
    repeats: 3,
  }));
  const { delta, interval } = pairedChange(thirds, 1);
  assert.ok(Math.abs(delta + 10 / 150) < 1e-12);
  assert.ok(interval.high < -0.015 && interval.low > -0.12, JSON.stringify(interval));
  // The same, grouped: wider than case by case.
  const grouped = thirds.map((pair, i) => ({ ...pair, group: `g${Math.floor(i / 5)}` }));
  const clustered = pairedChange(grouped, 1);
  assert.equal(clustered.units, 10);
  assert.equal(clustered.clustered, true);
  assert.ok(clustered.interval.high > interval.high);
});

test('the interval holds the true change at about its level, with repeats too', () => {
  const runs = 200;
  for (const [n, repeats, drop] of [
    [100, 1, 0],
    [30, 5, 0],
    [50, 3, 0.05],
    [50, 5, 0],
    [100, 3, 0],
  ] as const) {
    const random = createRng(n + repeats);
    let held = 0;
    for (let i = 0; i < runs; i++) {
      const { low, high } = pairedChange(simulatedPairs(n, repeats, drop, random), i).interval;
      if (low <= -drop && high >= -drop) held++;
    }
    assert.ok(held / runs >= 0.93, `${n} × ${repeats}: ${held / runs}`);
  }
});

test('10,000 cases are compared in well under a second', () => {
  const pairs = simulatedPairs(10_000, 3, 0.02, createRng(1));
  const started = cpuMs();
  const { p, delta } = pairedChange(pairs, 1);
  const took = cpuMs() - started;
  assert.ok(p < 0.001 && delta < 0);
  assert.ok(took < 3_000, `${took} ms`);
});

test('Student’s quantile equals scipy’s', () => {
  for (const [freedom, value] of [
    [5, 2.5706],
    [9, 2.2622],
    [30, 2.0423],
  ] as const)
    assert.ok(Math.abs(tQuantile975(freedom) - value) < 0.01, `${tQuantile975(freedom)}`);
});
