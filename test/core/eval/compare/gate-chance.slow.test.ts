import assert from 'node:assert/strict';
import { test } from 'node:test';
import { casesForGate, gateChance } from '#core/eval/compare/gate-chance.ts';
import { pairedChange } from '#core/eval/statistics/paired-change.ts';
import { createRng } from '#core/eval/statistics/rng.ts';
import { drawCase, drawPasses } from '#core/eval/statistics/typical-cases.ts';
import { simulatedPairs } from '../../../support/simulated-pairs.ts';

const plain = (n: number) => Array.from({ length: n }, () => ({ must: false }));

test('the strict gate, one repeat: as an independent simulation says', () => {
  for (const [n, margin, expected] of [
    [50, 0.05, 0.13],
    [100, 0.05, 0.29],
    [200, 0.05, 0.55],
    [500, 0.05, 0.91],
    [50, 0.03, 0.07],
    [100, 0.03, 0.13],
    [200, 0.03, 0.23],
    [500, 0.03, 0.5],
  ] as const) {
    const chance = gateChance({ preset: 'non-inferior', cases: plain(n), repeats: 1, margin });
    assert.ok(Math.abs(chance - expected) <= 0.03, `${n} at ${margin}: ${chance}`);
  }
});

test('the strict gate: within three points of what the comparison itself comes to', () => {
  for (const [n, repeats, runs] of [
    [50, 1, 2_000],
    [200, 1, 2_000],
    [50, 3, 800],
    [100, 5, 600],
  ] as const) {
    const random = createRng(n + repeats);
    let passed = 0;
    for (let i = 0; i < runs; i++)
      if (pairedChange(simulatedPairs(n, repeats, 0, random), i).interval.low > -0.05) passed++;
    const cases = plain(n);
    const chance = gateChance({ preset: 'non-inferior', cases, repeats, margin: 0.05 });
    const difference = Math.abs(chance - passed / runs);
    assert.ok(difference <= 0.03, `${n} × ${repeats}: ${chance}, simulated ${passed / runs}`);
  }
});

test('the floor, with what the baseline says: within three points of what happens', () => {
  const random = createRng(7);
  for (const [n, repeats, musts, passRate] of [
    [50, 1, 0, 0.8],
    [50, 3, 5, 0.75],
    [100, 1, 10, undefined],
  ] as const) {
    let [predicted, happened] = [0, 0];
    const sets = 400;
    for (let set = 0; set < sets; set++) {
      const chances = Array.from({ length: n }, () => drawCase(random));
      const base = chances.map((chance) => drawPasses(chance, repeats, random));
      // Cases that passed are marked as `must`, as people do.
      let left = musts;
      const cases = base.map((passed) => ({
        must: passed === repeats && left-- > 0,
        base: { passed, repeats },
      }));
      const rate = passRate === undefined ? {} : { passRate };
      const question = { preset: 'no-regression', cases, repeats, margin: 0.05, ...rate } as const;
      predicted += gateChance(question, set, 200) / sets;
      const now = chances.map((chance) => drawPasses(chance, repeats, random));
      const pairs = now.map((passed, i) => ({
        base: (base[i] ?? 0) / repeats,
        candidate: passed / repeats,
        repeats,
      }));
      const { p, delta } = pairedChange(pairs, set);
      const isGood =
        !(p < 0.05 && delta < 0) &&
        now.every((passed, i) => !cases[i]?.must || passed === repeats) &&
        now.reduce((sum, passed) => sum + passed, 0) / repeats / n >= (passRate ?? 0);
      if (isGood) happened += 1 / sets;
    }
    // The error of 400 sets alone is 2.5 points.
    assert.ok(
      Math.abs(predicted - happened) <= 0.055,
      `${n} × ${repeats}: ${predicted}, ${happened}`,
    );
  }
});

test('how many cases the strict gate needs', () => {
  const one = casesForGate(1, 0.05) ?? 0;
  const three = casesForGate(3, 0.05) ?? 0;
  assert.ok(one > 300 && one < 420, String(one));
  assert.ok(three > 90 && three < 170, String(three));
  assert.equal(casesForGate(1, 0.005), null);
});
