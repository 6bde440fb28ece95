import { bootstrapInterval } from '../statistics/bootstrap.ts';
import { Z975 } from '../statistics/distributions.ts';
import { MIN_CHANGED, mcnemarExact } from '../statistics/paired-change.ts';
import { bonettPriceInterval } from '../statistics/proportion-intervals.ts';
import { createRng, type Rng } from '../statistics/rng.ts';
import {
  drawCase,
  drawPasses,
  posteriorKinds,
  TYPICAL_CASES,
} from '../statistics/typical-cases.ts';

/**
 * What a release requires of a run compared with its baseline. `no-regression`: every required test passes,
 * the acceptance criteria are met and the verdict is not a regression. `non-inferior`: the lower bound of the
 * change's interval is above minus the margin.
 */
export type GatePreset = 'no-regression' | 'non-inferior';

/** The facts that are known before a run. */
export interface GateQuestion {
  readonly preset: GatePreset;
  readonly cases: readonly GateCase[];
  readonly repeats: number;
  /** 0 to 1 */
  readonly margin: number;
  /** The file's required pass rate, 0 to 1; used only if the baseline has all cases. */
  readonly passRate?: number;
}

export interface GateCase {
  readonly must: boolean;
  /** Its passed repeats in the baseline, if it was run there. */
  readonly base?: { readonly passed: number; readonly repeats: number };
}

const SIMULATED_RUNS = 4_000;
/** Draws of the bootstrap. With more cases than the maximum, the normal interval is as good. */
const DRAWS = 300;
const MAX_BOOTSTRAP_CASES = 60;
/** A required test has probably passed before. */
const REQUIRED_PASS_CHANCE = Math.max(...TYPICAL_CASES.map(({ passes }) => passes));

/**
 * Estimates the chance, 0 to 1, that an equally good prompt passes a gate: a seeded simulation of a typical
 * golden set, with each case's results in the baseline. Takes about half a second at most.
 */
export function gateChance(question: GateQuestion, seed = 0, runs?: number): number {
  const { preset, repeats, cases } = question;
  const isDrawn = preset === 'non-inferior' && repeats > 1 && cases.length <= MAX_BOOTSTRAP_CASES;
  const count =
    runs ??
    (isDrawn
      ? Math.min(SIMULATED_RUNS, Math.ceil((SIMULATED_RUNS * 50) / cases.length))
      : SIMULATED_RUNS);
  return share(question, seed, count, isDrawn);
}

function share(question: GateQuestion, seed: number, runs: number, isDrawn: boolean): number {
  const random = createRng(seed + 1);
  let passed = 0;
  for (let i = 0; i < runs; i++) if (isPassed(question, random, isDrawn)) passed++;
  return passed / runs;
}

/** Estimates how many cases let an equally good prompt pass the strict gate with this chance; null above 5,000. */
export function casesForGate(repeats: number, margin: number, chance = 0.8): number | null {
  let [low, high] = [1, 5_000];
  const enough = (n: number): boolean => {
    const cases = Array.from({ length: n }, () => ({ must: false }));
    const runs = Math.max(200, Math.min(1_000, Math.round(200_000 / n)));
    return share({ preset: 'non-inferior', cases, repeats, margin }, n, runs, false) >= chance;
  };
  if (!enough(high)) return null;
  while (high / low > 1.04) {
    const middle = Math.round(Math.sqrt(low * high));
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return Number(high.toPrecision(2));
}

/** Simulates two runs of the same prompt. True if the second passes the gate. */
function isPassed(question: GateQuestion, random: Rng, isDrawn: boolean): boolean {
  const { preset, cases, repeats, margin, passRate } = question;
  const change = new Change(repeats);
  let [sum, known] = [0, true];
  for (const { must, base } of cases) {
    const chance = base
      ? drawCase(random, posteriorKinds(base.passed, base.repeats))
      : must
        ? REQUIRED_PASS_CHANCE
        : drawCase(random);
    const before = base
      ? base.passed / base.repeats
      : drawPasses(chance, repeats, random) / repeats;
    const now = drawPasses(chance, repeats, random) / repeats;
    if (preset === 'no-regression' && must && now < 1) return false;
    sum += now;
    known &&= base !== undefined;
    change.add(before, now);
  }
  if (preset === 'non-inferior') return change.low(isDrawn ? random.uint32() : null) > -margin;
  if (known && passRate !== undefined && sum / cases.length < passRate) return false;
  return !change.isWorse();
}

/** Accumulates the differences between two runs. */
class Change {
  readonly #repeats: number;
  readonly #differences: number[] = [];
  #n = 0;
  #sum = 0;
  #squares = 0;
  #changed = 0;
  #worse = 0;
  #better = 0;

  constructor(repeats: number) {
    this.#repeats = repeats;
  }

  add(before: number, now: number): void {
    const difference = now - before;
    this.#n++;
    this.#differences.push(difference);
    if (difference === 0) return;
    this.#changed++;
    this.#sum += difference;
    this.#squares += difference * difference;
    if (before > 0.5 && now <= 0.5) this.#worse++;
    if (before <= 0.5 && now > 0.5) this.#better++;
  }

  /** The lower bound of the 95 % interval, as in `pairedChange`; the normal interval if `seed` is null. */
  low(seed: number | null): number {
    const delta = this.#sum / this.#n;
    if (this.#repeats === 1 || this.#changed < MIN_CHANGED)
      return Math.min(delta, bonettPriceInterval(this.#worse, this.#better, this.#n).low);
    const added = 1 / Math.sqrt(this.#repeats);
    if (seed !== null)
      return Math.min(
        delta,
        bootstrapInterval([...this.#differences, added, -added], seed, DRAWS).low,
      );
    const n = this.#n + 2;
    const mean = this.#sum / n;
    const variance = (this.#squares + 2 * added * added) / n - mean * mean;
    return Math.min(delta, mean - Z975 * Math.sqrt(variance / n));
  }

  isWorse(): boolean {
    if (this.#sum >= 0) return false;
    if (this.#repeats === 1) return mcnemarExact(this.#worse, this.#better) < 0.05;
    return this.#changed >= MIN_CHANGED && -this.#sum > Z975 * Math.sqrt(this.#squares);
  }
}
