import { normalCdf, normalQuantile, Z975 } from './distributions.ts';
import type { Interval } from './proportion-intervals.ts';
import { createRng } from './rng.ts';

const DRAWS = 2_000;

/**
 * The BCa bootstrap interval (bias-corrected and accelerated) of a mean; for paired data, of the mean
 * difference. `quantile` is the normal quantile of its upper end: 95 % unless given. Seeded. If all values are equal, it is empty and meaningless: use another method.
 * Efron 1987, "Better Bootstrap Confidence Intervals".
 */
export function bootstrapInterval(
  values: readonly number[],
  seed: number,
  draws = DRAWS,
  quantile: number = Z975,
): Interval {
  const n = values.length;
  if (n === 0) return { low: -Infinity, high: Infinity };
  const data = Float64Array.from(values);
  const mean = data.reduce((a, b) => a + b, 0) / n;
  const means = resampledMeans(data, seed, draws);
  let [below, equal] = [0, 0];
  const slack = 1e-12 * Math.max(1, Math.abs(mean));
  for (const drawn of means) {
    if (Math.abs(drawn - mean) <= slack) equal++;
    else if (drawn < mean) below++;
  }
  const bias = normalQuantile(between(below + equal / 2, 1, draws - 1) / draws);
  const skew = acceleration(data, mean);
  const at = (z: number): number => {
    const moved = bias + (bias + z) / (1 - skew * (bias + z));
    const rank = Math.floor(normalCdf(moved) * draws);
    return means[between(rank, 0, draws - 1)] ?? mean;
  };
  return { low: at(-quantile), high: at(quantile) };
}

function resampledMeans(data: Float64Array, seed: number, draws: number): Float64Array {
  const random = createRng(seed);
  const n = data.length;
  const means = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += data[random.below(n)] ?? 0;
    means[draw] = sum / n;
  }
  return means.sort();
}

/** The jackknife estimate of the acceleration; for a mean, a sixth of the skewness over √n. */
function acceleration(data: Float64Array, mean: number): number {
  let [squares, cubes] = [0, 0];
  for (const value of data) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}

function between(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/**
 * The nearest-rank percentile: the smallest value that at least `share` (0 to 1) of the values do not
 * exceed. `sorted` is in ascending order; null if it is empty.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.ceil(Math.min(Math.max(share, 0), 1) * sorted.length);
  return sorted[Math.max(rank - 1, 0)] ?? null;
}
