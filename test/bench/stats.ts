import { pairedChange } from '#core/eval/statistics/paired-change.ts';
import { randomWords } from '#core/eval/statistics/random-words.ts';
import { calibrate, POWER, simulatedPairs } from '#test/support/simulated-pairs.ts';

/*
 * How the comparison of two runs behaves: how often it raises an alarm for an unchanged prompt and finds
 * one that is worse by five points, and how often an unchanged prompt passes the strict gate (its
 * interval ends above −5 points). In per cent of simulated pairs of runs.
 */
const runs = Number(process.argv[2] ?? 2_000);

/** Share of unchanged prompts whose interval ends above −margin. */
function passesGate(n: number, repeats: number, margin: number): number {
  const random = randomWords(n + repeats);
  const few = Math.ceil(runs / 8);
  let passed = 0;
  for (let i = 0; i < few; i++)
    if (pairedChange(simulatedPairs(n, repeats, 0, random), i).interval.low > -margin) passed++;
  return passed / few;
}

console.log(`${runs} pairs of runs for each row; per cent\n`);
console.log('cases  repeats  false alarms   −5 points found (expected)   passes the strict gate');
for (const { n, repeats, power } of POWER) {
  const cell = (share: number, width: number) => (100 * share).toFixed(1).padStart(width);
  const { alarms } = calibrate(n, repeats, 0, runs);
  const { regressions } = calibrate(n, repeats, 0.05, runs);
  console.log(
    `${String(n).padStart(5)}${String(repeats).padStart(9)}${cell(alarms, 14)}${cell(regressions, 18)}${cell(power, 11).replace(/\s(\S+)$/, ' ($1)')}${cell(passesGate(n, repeats, 0.05), 25)}`,
  );
}
