import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundInterval, isPValueDrawn } from '#core/eval/statistics/bound-change.ts';
import { estimateInterval, type Pair, pairedPValue } from '#core/eval/statistics/paired-change.ts';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';

/** Cases of which some repeats are missing in either run. */
interface LossyCase {
  readonly group?: string;
  readonly known: readonly [base: number, candidate: number];
  readonly missing: readonly [base: number, candidate: number];
}

/** For rounding. */
const SLACK = 1e-9;

function drawCases(random: Rng): { cases: LossyCase[]; repeats: number } {
  const n = 6 + random.below(80);
  const repeats = [1, 3, 3, 5][random.below(4)] ?? 1;
  const groups = [0, 0, 4, 9, 20][random.below(5)] ?? 0;
  const share = [0.01, 0.03, 0.1, 0.4][random.below(4)] ?? 0;
  const drop = [0, 0, 0.1, 0.3][random.below(4)] ?? 0;
  const flaky = [0.03, 0.2, 0.6][random.below(3)] ?? 0;
  const cases = Array.from({ length: n }, (): LossyCase => {
    const passes = random.uniform() < flaky ? random.uniform() : random.uniform() < 0.8 ? 1 : 0;
    const lost = [0, 0];
    const known = [passes, passes * (1 - drop)].map((chance, side) => {
      let passed = 0;
      for (let i = 0; i < repeats; i++)
        if (random.uniform() < share) lost[side] = (lost[side] ?? 0) + 1;
        else if (random.uniform() < chance) passed++;
      return passed;
    });
    return {
      ...(groups > 0 ? { group: `g${random.below(groups)}` } : {}),
      known: [known[0] ?? 0, known[1] ?? 0],
      missing: [lost[0] ?? 0, lost[1] ?? 0],
    };
  });
  return { cases, repeats };
}

function complete(
  { cases, repeats }: ReturnType<typeof drawCases>,
  fill: (missing: number, side: 0 | 1) => number,
): Pair[] {
  return cases.map(({ known, missing, group }) => ({
    base: (known[0] + fill(missing[0], 0)) / repeats,
    candidate: (known[1] + fill(missing[1], 1)) / repeats,
    repeats,
    ...(group === undefined ? {} : { group }),
  }));
}

/** The signed p-value: it only grows from the worst completion to the best. */
function measureP(pairs: readonly Pair[]): number {
  const sum = pairs.reduce((total, { base, candidate }) => total + candidate - base, 0);
  const p = pairedPValue(pairs, 1);
  if (Math.abs(sum) < 1e-9) return 1;
  return sum < 0 ? p : 2 - p;
}

test('the bounds of an interval and of p contain those of every completion', () => {
  let [kinds, open] = [0, 0];
  for (let seed = 1; seed <= 150; seed++) {
    const random = createRng(seed);
    const scene = drawCases(random);
    const worst = complete(scene, (missing, side) => (side === 0 ? missing : 0));
    const best = complete(scene, (missing, side) => (side === 0 ? 0 : missing));
    const bounds = boundInterval(worst, best, seed);
    const [least, most] = [measureP(worst), measureP(best)];
    if (!isPValueDrawn(worst, best)) kinds++;
    if (bounds.low[1] - bounds.low[0] > 1e-9) open++;
    for (let i = 0; i < 30; i++) {
      const chances = [random.uniform(), random.uniform()].map((x) =>
        Math.min(1, Math.max(0, 2 * x - 0.5)),
      );
      const pairs = complete(scene, (missing, side) => {
        let passed = 0;
        for (let k = 0; k < missing; k++) if (random.uniform() < (chances[side] ?? 0)) passed++;
        return passed;
      });
      const { low, high } = estimateInterval(pairs, seed);
      const about = `seed ${seed}: ${low} to ${high} in ${JSON.stringify(bounds)}`;
      assert.ok(low >= bounds.low[0] - SLACK && low <= bounds.low[1] + SLACK, about);
      assert.ok(high >= bounds.high[0] - SLACK && high <= bounds.high[1] + SLACK, about);
      assert.ok(high - low >= bounds.width - SLACK, about);
      const p = measureP(pairs);
      assert.ok(
        p >= least - SLACK && p <= most + SLACK,
        `seed ${seed}: p ${p} in ${least} ${most}`,
      );
    }
  }
  assert.equal(kinds, 150, 'no p-value of pass and fail is drawn at random');
  assert.ok(open > 100, 'most of the runs have something missing');
});
