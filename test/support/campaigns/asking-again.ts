import type { GatePreset } from '#core/eval/compare/gate-chance.ts';
import { summarizeModel } from '#core/eval/report/summarize-model.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { createRng, type Rng } from '#core/eval/statistics/rng.ts';
import { drawCase, TYPICAL_CASES } from '#core/eval/statistics/typical-cases.ts';
import { comparePools, satisfiesGate } from '#core/registry/compare-pools.ts';
import { poolRuns } from '#core/registry/pool-runs.ts';
import type { AttachedEval } from '#core/registry/registry.ts';
import { headerOf, planOf, promptText } from '../evals.ts';
import { changeQuality } from './planned-quality.ts';

/** What is simulated. */
export interface AskingOptions {
  readonly cases: number;
  readonly repeat: number;
  readonly margin: number;
  /** The true change of the pass rate, −1 to 1. */
  readonly change: number;
  /**
   * `golden-set`: the change is exact on the cases of the set. `inputs`: it is that of all inputs, of which the
   * set is a random sample.
   */
  readonly about: 'golden-set' | 'inputs';
  /** Evals of the version at most; the first one decides unless it is refused. */
  readonly asks: number;
  /** The label's version is evaluated again, too. */
  readonly isBaseAskedAgain?: boolean;
  readonly trials: number;
  readonly seed: number;
}

/** The number of moves. */
export interface AskingResult {
  readonly trials: number;
  /** By the first eval alone. */
  readonly once: Readonly<Record<GatePreset, number>>;
  /** By any of the evals, if all runs together were judged as if they were one. */
  readonly naive: Readonly<Record<GatePreset, number>>;
  /** By any of the evals, as the gate judges them. */
  readonly again: Readonly<Record<GatePreset, number>>;
}

const MODEL = 'openai/gpt-4o-mini';
const HEADER = headerOf(planOf(promptText('- uses: x')), { models: [MODEL] });
const PRESETS: readonly GatePreset[] = ['no-regression', 'non-inferior'];
const BROKEN = 0.12;
const BREAKABLE = TYPICAL_CASES.filter(({ passes }) => passes > 0.5).reduce(
  (sum, { share, passes }) => sum + share * (passes - BROKEN),
  0,
);

/** Simulates somebody who evaluates a version again until its promotion succeeds. */
export function simulateAsking(options: AskingOptions): AskingResult {
  const random = createRng(options.seed);
  const moves = () => ({ 'no-regression': 0, 'non-inferior': 0 });
  const result = { once: moves(), naive: moves(), again: moves() };
  for (let trial = 0; trial < options.trials; trial++) {
    const found = simulateTrial(options, random);
    for (const preset of PRESETS) {
      if (found.once.has(preset)) result.once[preset]++;
      if (found.naive.has(preset)) result.naive[preset]++;
      if (found.again.has(preset)) result.again[preset]++;
    }
  }
  return { trials: options.trials, ...result };
}

function simulateTrial(options: AskingOptions, random: Rng) {
  const { asks, margin, isBaseAskedAgain = false } = options;
  const [before, now] = drawVersions(options, random);
  const run = (quality: readonly number[], n: number) => createRun(quality, options, n, random);
  const base = [run(before, 0)];
  const version: AttachedEval[] = [];
  const found = {
    once: new Set<GatePreset>(),
    naive: new Set<GatePreset>(),
    again: new Set<GatePreset>(),
  };
  for (let ask = 0; ask < asks; ask++) {
    version.push(run(now, 2 * ask + 1));
    if (isBaseAskedAgain && ask > 0) base.push(run(before, 2 * ask));
    const compared = comparePools(poolRuns(base, MODEL), poolRuns(version, MODEL), { margin });
    if ('error' in compared) throw new Error(compared.error);
    const { all } = compared;
    for (const preset of PRESETS) {
      const isNaive =
        preset === 'non-inferior' ? all.nonInferior === true : all.regression === false;
      if (isNaive) found.naive.add(preset);
      if (isNaive && ask === 0) found.once.add(preset);
      if (satisfiesGate(preset, compared)) found.again.add(preset);
    }
    if (found.again.size === PRESETS.length && found.naive.size === PRESETS.length) break;
  }
  return found;
}

function drawVersions({ cases, change, about }: AskingOptions, random: Rng) {
  const before = Array.from({ length: cases }, () => drawCase(random));
  if (about === 'golden-set') return [before, changeQuality(before, change, random)] as const;
  const now = before.map((chance) =>
    chance > 0.5 && random.uniform() < -change / BREAKABLE ? BROKEN : chance,
  );
  return [before, now] as const;
}

/** The `n`-th run, with new answers. */
function createRun(
  quality: readonly number[],
  { repeat }: AskingOptions,
  n: number,
  random: Rng,
): AttachedEval {
  const at = new Date(Date.UTC(2026, 10, 21) + n * 60_000).toISOString();
  const cases = quality.map((chance, i): CaseSummary => {
    const observations = Array.from({ length: repeat }, (_, k) => ({
      id: `${k} ${at}`,
      passed: random.uniform() < chance,
    }));
    const passed = observations.filter((one) => one.passed).length;
    const outcome = passed > repeat / 2 ? 'passed' : 'failed';
    const share = passed / repeat;
    return {
      ...{ id: `c${i}`, tags: [], outcome, score: share, repeats: repeat, passed },
      ...{ flaky: null, observations },
    };
  });
  const run = { ...HEADER, id: `run-${n}`, at, repeat, cases: cases.length };
  const result = summarizeModel(MODEL, cases, [], run);
  const { model: _, cases: counts, jobs, ...figures } = result;
  const totals = {
    ...{ ...counts, jobs, tokens: { input: 0, output: 0, unknown: 0 }, cost: null },
    ...{ unknownCalls: 0, calls: 0, cachedShare: 0 },
  };
  return {
    ...{ v: 2, run, end: 'done', durationMs: 0, totals, ...figures },
    ...{ results: [result], cases },
  };
}
