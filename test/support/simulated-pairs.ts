import { type Pair, pairedP } from '#core/eval/statistics/paired-change.ts';
import { type RandomWords, randomWords } from '#core/eval/statistics/random-words.ts';

/** How often the cases of a golden set pass: most nearly always, some nearly never, some now and then. */
const POPULATION = [
  { share: 0.72, passes: 0.985 },
  { share: 0.1, passes: 0.04 },
  { share: 0.18, passes: 0.6 },
];
/** A case that the new prompt breaks passes this often. */
const BROKEN = 0.12;

/** What the mean falls by when every case that passes more often than not is broken. */
const MOST = POPULATION.filter(({ passes }) => passes > 0.5).reduce(
  (sum, { share, passes }) => sum + share * (passes - BROKEN),
  0,
);

/** Two runs of `n` cases, the second by a prompt that is worse by `drop` (0 to 1, on average). */
export function simulatedPairs(
  n: number,
  repeats: number,
  drop: number,
  random: RandomWords,
): Pair[] {
  return Array.from({ length: n }, () => {
    const before = drawCase(random.share());
    const isBroken = before > 0.5 && random.share() < drop / MOST;
    const base = passed(before, repeats, random);
    return { base, candidate: passed(isBroken ? BROKEN : before, repeats, random), repeats };
  });
}

function drawCase(at: number): number {
  let left = at;
  for (const { share, passes } of POPULATION) {
    if (left < share) return passes;
    left -= share;
  }
  return POPULATION.at(-1)?.passes ?? 0;
}

function passed(chance: number, repeats: number, random: RandomWords): number {
  let count = 0;
  for (let i = 0; i < repeats; i++) if (random.share() < chance) count++;
  return count / repeats;
}

/** The share of simulated pairs of runs with p < .05, and of those that are also worse. */
export function calibrate(
  n: number,
  repeats: number,
  drop: number,
  runs: number,
): { alarms: number; regressions: number } {
  const random = randomWords(1_000 * n + repeats);
  let [alarms, regressions] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const pairs = simulatedPairs(n, repeats, drop, random);
    if (pairedP(pairs, run, 1_000) >= 0.05) continue;
    alarms++;
    if (pairs.reduce((sum, { base, candidate }) => sum + candidate - base, 0) < 0) regressions++;
  }
  return { alarms: alarms / runs, regressions: regressions / runs };
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
