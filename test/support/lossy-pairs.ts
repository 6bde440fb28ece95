import { compareModel, type ModelComparison } from '#core/eval/compare/compare-model.ts';
import { DEFAULT_MARGIN } from '#core/eval/compare/comparison.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import { simulatedPairs } from './simulated-pairs.ts';

/**
 * How answers get lost: each by itself, in bursts of ten as in an outage, or four times as often where the
 * answer would have failed.
 */
export type Loss = 'random' | 'bursts' | 'failures';
export const LOSSES: readonly Loss[] = ['random', 'bursts', 'failures'];

/** Whether each repeat of a case passes in one run, and whether it is lost. */
type Side = readonly { readonly passed: boolean; lost: boolean }[][];

export interface LossyCalibration {
  /** The share of verdicts `regression` or `improvement`, and of those `regression`. */
  readonly changes: number;
  readonly regressions: number;
  readonly incomplete: number;
  /** The number of verdicts that a sampled completion, or the complete run itself, contradicts. */
  readonly contradicted: number;
}

/** Compares simulated pairs of runs of which a share of the answers is missing. `drop` as in `simulatedPairs`. */
export function calibrateLossy(
  { n, repeats }: { readonly n: number; readonly repeats: number },
  drop: number,
  { share, loss }: { readonly share: number; readonly loss: Loss },
  { runs, completions }: { readonly runs: number; readonly completions: number },
): LossyCalibration {
  const random = createRng(1_000 * n + repeats);
  let [changes, regressions, incomplete, contradicted] = [0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const pairs = simulatedPairs(n, repeats, drop, random);
    const [base, candidate] = (['base', 'candidate'] as const).map((side) =>
      loseAnswers(
        pairs.map((pair) => drawRepeats(Math.round(pair[side] * repeats), repeats, random)),
        { share, loss },
        random,
      ),
    ) as [Side, Side];
    const { verdict } = compare(base, candidate, run, keepLost);
    if (verdict === 'regression' || verdict === 'improvement') changes++;
    if (verdict === 'regression') regressions++;
    if (verdict === 'incomplete') incomplete++;
    else {
      const fills: Fill[] = [(_, passed) => passed, ...FIXED, ...sampleFills(completions, random)];
      const verdicts = fills.map((fill) => compare(base, candidate, run, fill).verdict);
      if (verdicts.some((other) => join(other) !== join(verdict))) contradicted++;
    }
  }
  return {
    changes: changes / runs,
    regressions: regressions / runs,
    incomplete: incomplete / runs,
    contradicted,
  };
}

/** Whether a lost answer passes, on the side of the baseline (0) or the candidate (1); null: it stays lost. */
type Fill = (side: 0 | 1, passed: boolean) => boolean | null;

const keepLost: Fill = () => null;
const FIXED: readonly Fill[] = [(side) => side === 0, (side) => side === 1];

function sampleFills(count: number, random: Rng): Fill[] {
  return Array.from({ length: count }, () => {
    const chances = [random.uniform(), random.uniform()] as const;
    return (side) => random.uniform() < chances[side];
  });
}

function compare(base: Side, candidate: Side, seed: number, fill: Fill): ModelComparison {
  const [before, now] = [summarize(base, 0, fill), summarize(candidate, 1, fill)];
  const found = compareModel(before, now, { margin: DEFAULT_MARGIN, seed });
  if (!found) throw new Error('no cases');
  return found;
}

function summarize(cases: Side, side: 0 | 1, fill: Fill): Map<string, CaseSummary> {
  return new Map(
    cases.map((jobs, i) => {
      const verdicts = jobs.map(({ passed, lost }) => (lost ? fill(side, passed) : passed));
      const missing = verdicts.filter((one) => one === null).length;
      const [repeats, passed] = [jobs.length - missing, verdicts.filter((one) => one).length];
      const outcome = repeats === 0 ? 'errored' : passed * 2 > jobs.length ? 'passed' : 'failed';
      const id = `c${i}`;
      const counts = { repeats, passed, ...(missing > 0 ? { missing } : {}) };
      return [id, { id, tags: [], outcome, score: null, flaky: null, ...counts }];
    }),
  );
}

/** Repeats of a case in random order. */
function drawRepeats(passed: number, repeats: number, random: Rng): Side[number] {
  let left = passed;
  return Array.from({ length: repeats }, (_, i) => {
    const isPassed = random.below(repeats - i) < left;
    if (isPassed) left--;
    return { passed: isPassed, lost: false };
  });
}

const BURST = 10;
const FAILURE_WEIGHT = 4;

function loseAnswers(
  cases: Side,
  { share, loss }: { readonly share: number; readonly loss: Loss },
  random: Rng,
): Side {
  const jobs = cases.flat();
  const failed = jobs.filter(({ passed }) => !passed).length / jobs.length;
  const passing = share / (1 + (FAILURE_WEIGHT - 1) * failed);
  let left = 0;
  for (const job of jobs) {
    if (loss === 'bursts') {
      if (left === 0 && random.uniform() < share / (BURST - (BURST - 1) * share)) left = BURST;
      job.lost = left > 0;
      left = Math.max(0, left - 1);
    } else {
      const weight = loss === 'failures' ? passing * (job.passed ? 1 : FAILURE_WEIGHT) : share;
      job.lost = random.uniform() < weight;
    }
  }
  return cases;
}

/** A missing answer may leave open whether the power was enough. */
function join(verdict: ModelComparison['verdict']): string {
  return verdict === 'underpowered' ? 'no-evidence' : verdict;
}
