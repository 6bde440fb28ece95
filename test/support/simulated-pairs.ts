import { type Pair, pairedPValue } from '#core/eval/statistics/paired-change.ts';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import { combinePValues, SequentialTest } from '#core/eval/statistics/sequential-test.ts';
import { drawCase, drawPasses, TYPICAL_CASES } from '#core/eval/statistics/typical-cases.ts';

/** A case that the new prompt breaks passes this often. */
const BROKEN = 0.12;

/** What the mean falls by when every case that passes more often than not is broken. */
const MOST = TYPICAL_CASES.filter(({ passes }) => passes > 0.5).reduce(
  (sum, { share, passes }) => sum + share * (passes - BROKEN),
  0,
);

/** Two runs of `n` cases, the second by a prompt that is worse by `drop` (0 to 1, on average). */
export function simulatedPairs(n: number, repeats: number, drop: number, random: Rng): Pair[] {
  return Array.from({ length: n }, () => {
    const before = drawCase(random);
    const isBroken = before > 0.5 && random.uniform() < drop / MOST;
    const base = drawPasses(before, repeats, random) / repeats;
    const candidate = drawPasses(isBroken ? BROKEN : before, repeats, random) / repeats;
    return { base, candidate, repeats };
  });
}

/** The share of simulated pairs of runs with p < .05, and of those that are also worse. */
export function calibrate(
  n: number,
  repeats: number,
  drop: number,
  runs: number,
): { alarms: number; regressions: number } {
  const random = createRng(1_000 * n + repeats);
  let [alarms, regressions] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const pairs = simulatedPairs(n, repeats, drop, random);
    if (pairedPValue(pairs, run, 1_000) >= 0.05) continue;
    alarms++;
    if (pairs.reduce((sum, { base, candidate }) => sum + candidate - base, 0) < 0) regressions++;
  }
  return { alarms: alarms / runs, regressions: regressions / runs };
}

/** The same when the run stops as soon as it is decided; `looked` is the share of cases that were run. */
export function calibrateStopping(
  n: number,
  repeats: number,
  drop: number,
  runs: number,
): { alarms: number; regressions: number; looked: number } {
  const random = createRng(1_000 * n + repeats);
  let [alarms, regressions, looked] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const pairs = simulatedPairs(n, repeats, drop, random);
    const test = new SequentialTest();
    const seen = pairs.findIndex(({ base, candidate }) => {
      test.add(candidate - base);
      return test.isDecided;
    });
    const shown = seen < 0 ? pairs : pairs.slice(0, seen + 1);
    looked += shown.length / n;
    if (combinePValues(test.p, seen < 0 ? pairedPValue(pairs, run, 1_000) : null) >= 0.05) continue;
    alarms++;
    if (shown.reduce((sum, { base, candidate }) => sum + candidate - base, 0) < 0) regressions++;
  }
  return { alarms: alarms / runs, regressions: regressions / runs, looked: looked / runs };
}

/** How often a prompt that is worse by five points is found, as an independent simulation says. */
export const POWER = [
  { n: 50, repeats: 1, power: 0.07 },
  { n: 50, repeats: 3, power: 0.16 },
  { n: 50, repeats: 5, power: 0.21 },
  { n: 100, repeats: 1, power: 0.17 },
  { n: 100, repeats: 3, power: 0.37 },
  { n: 100, repeats: 5, power: 0.47 },
  { n: 200, repeats: 1, power: 0.36 },
  { n: 200, repeats: 3, power: 0.7 },
  { n: 200, repeats: 5, power: 0.83 },
  { n: 500, repeats: 1, power: 0.78 },
  { n: 500, repeats: 3, power: 0.98 },
  { n: 500, repeats: 5, power: 1 },
];
