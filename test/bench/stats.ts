import { gateChance } from '#core/eval/compare/gate-chance.ts';
import { pairedChange } from '#core/eval/statistics/paired-change.ts';
import { createRng } from '#core/eval/statistics/rng.ts';
import { calibrateLossy, LOSSES } from '#test/support/lossy-pairs.ts';
import {
  calibrate,
  calibrateStopping,
  POWER,
  simulatedPairs,
} from '#test/support/simulated-pairs.ts';

/*
 * How the comparison of two runs behaves: how often it raises an alarm for an unchanged prompt and finds
 * one that is worse by five points, how often an unchanged prompt passes the strict gate (its interval
 * ends above −5 points), and the same when a run stops as soon as it is decided, with the share of cases
 * that it then takes to find a prompt that is worse by twenty. In per cent of simulated pairs of runs.
 */
const runs = Number(process.argv[2] ?? 2_000);

/** Share of unchanged prompts whose interval ends above −margin. */
function passesGate(n: number, repeats: number, margin: number): number {
  const random = createRng(n + repeats);
  const few = Math.ceil(runs / 8);
  let passed = 0;
  for (let i = 0; i < few; i++)
    if (pairedChange(simulatedPairs(n, repeats, 0, random), i).interval.low > -margin) passed++;
  return passed / few;
}

console.log(`${runs} pairs of runs for each row; per cent\n`);
console.log(
  'cases  repeats  false alarms  −5 points found (expected)  strict gate (predicted)  stopping early: alarms  −5 found  −20 found after',
);
for (const { n, repeats, power } of POWER) {
  const cell = (share: number, width: number) => (100 * share).toFixed(1).padStart(width);
  const { alarms } = calibrate(n, repeats, 0, runs);
  const { regressions } = calibrate(n, repeats, 0.05, runs);
  const cases = Array.from({ length: n }, () => ({ must: false }));
  const gate = gateChance({ preset: 'non-inferior', cases, repeats, margin: 0.05 });
  const unchanged = calibrateStopping(n, repeats, 0, runs);
  const worse = calibrateStopping(n, repeats, 0.05, runs);
  const broken = calibrateStopping(n, repeats, 0.2, Math.ceil(runs / 4));
  const about = (share: number) => ` (${(100 * share).toFixed(0)})`.padEnd(6);
  console.log(
    `${String(n).padStart(5)}${String(repeats).padStart(9)}${cell(alarms, 14)}${cell(regressions, 20)}${about(power)}${cell(passesGate(n, repeats, 0.05), 17)}${about(gate)}${cell(unchanged.alarms, 25)}${cell(worse.regressions, 10)}${cell(broken.looked, 12)}`,
  );
}

/*
 * The same with missing answers: how often an unchanged prompt is called a change (false alarms) and one that
 * is worse by twenty points a regression, how often the verdict is `incomplete`, and how many verdicts some
 * sampled completion of the answers contradicts.
 */
console.log(
  '\nwith missing answers: per cent, for answers lost at random / in bursts / more often where they fail',
);
console.log(
  'cases  repeats  missing  false alarms         incomplete, unchanged  −20 points found     incomplete, −20       contradicted',
);
for (const n of [50, 100, 200, 500])
  for (const repeats of [1, 3])
    for (const share of [0.02, 0.1, 0.4]) {
      // A bootstrap of each completion takes its time.
      const few = Math.max(20, Math.ceil(runs / (repeats === 1 ? 10 : n / 2.5)));
      const sizes = { runs: few, completions: 6 };
      const found = LOSSES.map((loss) => ({
        unchanged: calibrateLossy({ n, repeats }, 0, { share, loss }, sizes),
        worse: calibrateLossy({ n, repeats }, 0.2, { share, loss }, sizes),
      }));
      const cells = (read: (one: (typeof found)[number]) => number) =>
        found.map((one) => (100 * read(one)).toFixed(1).padStart(5)).join(' /');
      const contradicted = found.reduce(
        (sum, { unchanged, worse }) => sum + unchanged.contradicted + worse.contradicted,
        0,
      );
      console.log(
        `${String(n).padStart(5)}${String(repeats).padStart(9)}${String(100 * share).padStart(7)} %${[
          cells(({ unchanged }) => unchanged.changes),
          cells(({ unchanged }) => unchanged.incomplete),
          cells(({ worse }) => worse.regressions),
          cells(({ worse }) => worse.incomplete),
        ]
          .map((cell) => cell.padStart(21))
          .join(' ')}${String(contradicted).padStart(9)} of ${6 * few}`,
      );
    }
