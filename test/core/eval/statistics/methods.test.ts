import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootstrapInterval } from '#core/eval/statistics/bootstrap.ts';
import { clusteredStandardError } from '#core/eval/statistics/clustered-standard-error.ts';
import {
  normalCdf,
  normalQuantile,
  regularizedIncompleteBeta,
} from '#core/eval/statistics/distributions.ts';
import { computeFlakiness, passAtK, passHatK } from '#core/eval/statistics/flakiness.ts';
import { holmAdjust } from '#core/eval/statistics/holm-adjust.ts';
import {
  minimumDetectableChange,
  requiredSampleSize,
} from '#core/eval/statistics/minimum-detectable-change.ts';
import { mcnemarExact } from '#core/eval/statistics/paired-change.ts';
import {
  bonettPriceInterval,
  clopperPearsonInterval,
} from '#core/eval/statistics/proportion-intervals.ts';
import { createRng } from '#core/eval/statistics/rng.ts';
import { signFlipTest } from '#core/eval/statistics/sign-flip-test.ts';

const close = (actual: number | null | undefined, expected: number, tolerance = 5e-7): void =>
  assert.ok(
    Math.abs((actual ?? Number.NaN) - expected) <= tolerance,
    `${actual} is not ${expected} ± ${tolerance}`,
  );

/** scipy.stats.binomtest(min(b, c), b + c).pvalue */
const MCNEMAR = [
  [9, 2, 0.06543],
  [6, 0, 0.03125],
  [5, 0, 0.0625],
  [8, 1, 0.039062],
  [12, 5, 0.143463],
  [20, 8, 0.035698],
  [0, 0, 1],
  [7, 7, 1],
] as const;

test('exact McNemar equals scipy’s', () => {
  for (const [worse, better, p] of MCNEMAR) {
    close(mcnemarExact(worse, better), p, 6e-7);
    close(mcnemarExact(better, worse), p, 6e-7);
  }
  close(mcnemarExact(2_600, 2_400), 0.00488365, 1e-8);
});

test('sign-flip equals exact McNemar for pass and fail, and its draws come close', () => {
  for (const [worse, better, p] of MCNEMAR) {
    const differences = [
      ...new Array<number>(worse).fill(-1),
      ...new Array<number>(better).fill(1),
      0,
      0,
    ];
    close(signFlipTest(differences, 1), p, 6e-7);
    // Without a common denominator more than twelve are drawn at random.
    const drawn = differences.map((difference) => difference * Math.PI);
    close(signFlipTest(drawn, 1), p, worse + better <= 12 ? 6e-7 : 0.012);
  }
});

test('sign-flip takes sizes into account, the same for the same seed', () => {
  // 2³ signs: only ±(1 + 2 + 3) reaches 6.
  close(signFlipTest([1, 2, 3], 0), 2 / 8);
  // Sums of thirds: −1, −1/3 … the two of size 1/3 and the one of 2/3 cancel in two of eight.
  close(signFlipTest([1 / 3, 1 / 3, -2 / 3], 0), 1);
  const many = Array.from(
    { length: 40 },
    (_, i) => (i % 3 === 0 ? -1 : 1) * Math.sqrt(1 + (i % 7)),
  );
  assert.equal(signFlipTest(many, 5), signFlipTest(many, 5));
  assert.notEqual(signFlipTest(many, 5), signFlipTest(many, 6));
  const all = new Array<number>(40).fill(Math.SQRT1_2);
  close(signFlipTest(all, 3), 1 / 10_001);
  close(signFlipTest(new Array<number>(40).fill(0.1), 3), 2 / 2 ** 40, 1e-18);
});

test('Bonett–Price: by hand, and never empty', () => {
  // (9, 2) of 50: p₁ = 10/52, p₂ = 3/52, Δ = −7/52, SE = √((13/52 − (7/52)²) / 52).
  const half = 1.959964 * Math.sqrt((13 / 52 - (7 / 52) ** 2) / 52);
  const { low, high } = bonettPriceInterval(9, 2, 50);
  close(low, -7 / 52 - half);
  close(high, -7 / 52 + half);
  const unchanged = bonettPriceInterval(0, 0, 50);
  close(unchanged.high, (1.959964 * Math.sqrt(2)) / 52);
  assert.equal(unchanged.low, -unchanged.high);
  assert.deepEqual(bonettPriceInterval(0, 0, 0), { low: -1, high: 1 });
});

test('Clopper–Pearson equals scipy’s', () => {
  const { low, high } = clopperPearsonInterval(41, 50);
  close(low, 0.685631);
  close(high, 0.914238);
  close(clopperPearsonInterval(0, 20).high, 0.168433);
  close(clopperPearsonInterval(50, 50).low, 0.928878);
  assert.deepEqual(
    [clopperPearsonInterval(0, 20).low, clopperPearsonInterval(50, 50).high],
    [0, 1],
  );
});

test('Holm’s adjustment', () => {
  assert.deepEqual(
    holmAdjust([0.01, 0.04, 0.03, 0.005]).map((p) => p.toFixed(4)),
    ['0.0300', '0.0600', '0.0600', '0.0200'],
  );
  assert.deepEqual(holmAdjust([0.9, 0.8]), [1, 1]);
  assert.deepEqual(holmAdjust([]), []);
});

test('clustered standard errors', () => {
  const error = clusteredStandardError([1, 1, 0, 1, 0, 0, 1, 1], [0, 0, 0, 1, 1, 2, 2, 3]);
  close(error?.mean, 0.625);
  close(error?.plain, 0.182981);
  close(error?.clustered, 0.066291);
  close(error?.corrected, 0.076547);
  assert.equal(error?.clusters, 4);
  assert.equal(clusteredStandardError([], []), null);
  assert.equal(clusteredStandardError([1, 0], ['a', 'a'])?.corrected, null);
});

test('the normal and the beta distribution', () => {
  for (const [z, share] of [
    [0, 0.5],
    [1.959964, 0.975],
    [-1, 0.1586553],
    [3.5, 0.9997674],
  ] as const) {
    close(normalCdf(z), share, 3e-7);
    close(normalQuantile(share), z, 2e-4);
  }
  close(normalQuantile(1e-12), -7.0344838, 1e-5);
  // scipy.special.betainc(2, 3, .4), and a symmetric one.
  close(regularizedIncompleteBeta(0.4, 2, 3), 0.5248);
  close(regularizedIncompleteBeta(0.5, 700, 700), 0.5, 1e-9);
  close(regularizedIncompleteBeta(0.7, 30.5, 12.25), 0.405229364, 1e-8);
  close(regularizedIncompleteBeta(0.5, 2500, 2600), 0.919309108, 1e-8);
});

test('the bootstrap covers a mean, is seeded, and leans to the longer tail', () => {
  const skewed = Array.from({ length: 60 }, (_, i) => (i % 10 === 0 ? 1 : 0));
  const { low, high } = bootstrapInterval(skewed, 7);
  assert.deepEqual(bootstrapInterval(skewed, 7), { low, high });
  assert.ok(low > 0.03 && low < 0.06 && high > 0.18 && high < 0.24, `${low} ${high}`);
  assert.ok(high - 0.1 > 0.1 - low);
  // scipy.stats.bootstrap with method='BCa' and 50,000 draws; its means come in steps of 1/60.
  const thirds = [-1, -1, -2 / 3, ...new Array<number>(3).fill(-1 / 3), 1 / 3, 1 / 3];
  const interval = bootstrapInterval([...thirds, ...new Array<number>(12).fill(0)], 1);
  close(interval.low, -0.35, 0.035);
  close(interval.high, -1 / 60, 0.018);
  assert.deepEqual(bootstrapInterval([0, 0, 0], 1), { low: 0, high: 0 });
});

test('how many cases a change needs, and which change so many cases show', () => {
  // ((1.96 √.16 + .84 √(.16 − .0025)) / .05)²
  assert.equal(requiredSampleSize(0.05, 0.16), 500);
  assert.equal(requiredSampleSize(0, 0.16), Infinity);
  for (const n of [30, 100, 1000]) {
    const delta = minimumDetectableChange(n, 0.115);
    assert.ok(requiredSampleSize(delta, 0.115 + delta) <= n);
    assert.ok(requiredSampleSize(delta * 0.99, 0.115 + delta * 0.99) > n);
  }
  assert.equal(minimumDetectableChange(6, 0), 1);
  assert.equal(minimumDetectableChange(0, 0.1), 1);
  assert.ok(minimumDetectableChange(100, 0.115 / 3, 3) < minimumDetectableChange(100, 0.115));
});

test('flakiness, pass@k and pass^k', () => {
  assert.equal(computeFlakiness(1, 1), null);
  assert.equal(computeFlakiness(3, 0), 0);
  assert.equal(computeFlakiness(1, 3), 0.25);
  // Of 5 repeats 2 passed; 3 of 10 pairs hold no pass, 1 of 10 two.
  close(passAtK(2, 5, 2), 0.7);
  close(passHatK(2, 5, 2), 0.1);
  assert.equal(passAtK(0, 5, 2), 0);
  assert.equal(passAtK(4, 5, 2), 1);
  assert.equal(passHatK(5, 5, 5), 1);
  assert.equal(passAtK(2, 5, 6), null);
});

test('random words are seeded and even', () => {
  const first = (seed: number) => Array.from({ length: 3 }, createRng(seed).uint32);
  assert.deepEqual(first(1), first(1));
  const seeds = [0, 1, 2, 2 ** 32, 2 ** 40 + 1];
  assert.equal(new Set(seeds.map((seed) => first(seed).join())).size, seeds.length);
  const random = createRng(42);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) {
    const k = random.below(10);
    counts[k] = (counts[k] ?? 0) + 1;
  }
  // χ² with 9 degrees of freedom: 27.9 is its 99.9 % quantile.
  const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  assert.ok(chi < 27.9, `${chi}`);
});
