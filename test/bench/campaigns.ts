import { clopperPearsonInterval } from '#core/eval/statistics/proportion-intervals.ts';
import { simulateAsking } from '#test/support/campaigns/asking-again.ts';
import {
  type CampaignOptions,
  type CampaignResult,
  runCampaign,
} from '#test/support/campaigns/campaign.ts';
import { calibrate } from '#test/support/simulated-pairs.ts';

/*
 * Attacks the promotion gate. First whole campaigns on the command line: somebody publishes versions that are
 * better, equal or worse, evaluates them while the service fails, processes are killed and options are wrong,
 * and asks again until a promotion succeeds. An oracle counts moves on evidence that is not fit; there must
 * be none. Then many simulated versions that are truly worse: how often they are moved at the first attempt,
 * by somebody who asks up to eight times, and by the same if all runs were judged as if they were one.
 * Arguments: campaigns (default 200), simulated versions for each row (default 200), first seed (default 1).
 */
const campaigns = Number(process.argv[2] ?? 200);
const trials = Number(process.argv[3] ?? 200);
const firstSeed = Number(process.argv[4] ?? 1);
const MAX_ASKS = 8;

const percent = (share: number): string => (100 * share).toFixed(1).padStart(5);

/** A share with its 95 % interval (Clopper–Pearson). */
function formatShare(count: number, n: number): string {
  if (n === 0) return '    –';
  const { low, high } = clopperPearsonInterval(count, n);
  return `${percent(count / n)} (${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)})`.padEnd(19);
}

function chooseOptions(seed: number): CampaignOptions {
  return {
    ...{ seed, cases: 50, kills: true },
    repeat: seed % 2 === 1 ? 1 : 3,
    gate: seed % 4 < 2 ? 'no-regression' : 'non-inferior',
    margin: seed % 8 < 4 ? 0.05 : 0.1,
  };
}

const done: (CampaignResult & CampaignOptions)[] = [];
const accidents = new Map<string, number>();
for (let seed = firstSeed; seed < firstSeed + campaigns; seed++) {
  const options = chooseOptions(seed);
  const result = await runCampaign(options);
  done.push({ ...options, ...result });
  for (const [name, count] of result.accidents)
    accidents.set(name, (accidents.get(name) ?? 0) + count);
  for (const violation of result.violations) console.log(`NOT FIT: ${violation}`);
  for (const run of result.ignored) console.log(`not counted: ${run}`);
}
const sum = (of: (one: CampaignResult) => number) => done.reduce((all, one) => all + of(one), 0);
if (campaigns > 0) {
  console.log(
    `seeds ${firstSeed}–${firstSeed + campaigns - 1}: ${campaigns} campaigns, ${sum((one) => one.evals)} runs, ${sum((one) => one.attempts)} attempts, ${sum((one) => one.moves)} moves, ${sum((one) => one.violations.length)} on unfit evidence, ${sum((one) => one.ignored.length)} fit runs not counted`,
  );
  console.log(`what happened: ${[...accidents].map(([name, n]) => `${name} ${n}`).join(', ')}\n`);
  console.log('gate           repeats  true change  versions  moved, % (95 % interval)');
  for (const gate of ['no-regression', 'non-inferior'] as const)
    for (const repeat of [1, 3])
      for (const change of [-0.2, -0.1, -0.05, 0, 0.05]) {
        const tried = done
          .filter((one) => one.gate === gate && one.repeat === repeat)
          .flatMap((one) => one.trials.filter((trial) => !trial.isFirst))
          .filter((one) => Math.abs(one.change - change) < 0.02);
        const moved = tried.filter((one) => one.moved).length;
        console.log(
          `${gate.padEnd(15)}${String(repeat).padStart(7)}${percent(change).padStart(13)}${String(tried.length).padStart(10)}  ${formatShare(moved, tried.length)}`,
        );
      }
  const worse = done
    .filter((one) => one.gate === 'non-inferior')
    .flatMap(({ margin, trials: all }) => all.filter((one) => one.change <= -margin + 1e-9));
  console.log(
    `non-inferior, worse by the margin or more: ${formatShare(worse.filter((one) => one.moved).length, worse.length)} of ${worse.length} versions moved\n`,
  );
}

console.log(`${trials} simulated versions for each row; moves in %, up to ${MAX_ASKS} evals`);
console.log(
  'change is of  cases  repeats  change  | non-inferior: first attempt, as one, by the gate       | no-regression: predicted, first attempt, as one, by the gate',
);
for (const about of ['golden-set', 'inputs'] as const)
  for (const [cases, repeat] of [
    [50, 1],
    [100, 1],
    [50, 3],
  ] as const)
    for (const margin of [0.05, 0.1]) {
      const change = -margin;
      const common = { cases, repeat, margin, change, about, asks: MAX_ASKS, trials };
      const { once, naive, again } = simulateAsking({ ...common, seed: cases + repeat });
      const { regressions } = calibrate(cases, repeat, margin, 4 * trials);
      const cells = (gate: 'non-inferior' | 'no-regression') =>
        [once, naive, again].map((moves) => formatShare(moves[gate], trials)).join(' ');
      console.log(
        `${about.padEnd(12)}${String(cases).padStart(7)}${String(repeat).padStart(9)}${percent(change).padStart(8)}  | ${cells('non-inferior')} | ${percent(1 - regressions)}  ${cells('no-regression')}`,
      );
    }
