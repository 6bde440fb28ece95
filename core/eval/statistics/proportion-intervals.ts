import { betaQuantile, Z975 } from './distributions.ts';

/** A confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's 95 % score interval of a proportion: `passes` of `n` independent cases. `passes` may be fractional
 * if each case counts with its share of passed repeats. Returns [0, 1] without cases.
 * Wilson 1927; Brown, Cai, DasGupta 2001.
 */
export function wilsonInterval(passes: number, n: number): Interval {
  if (n <= 0) return { low: 0, high: 1 };
  const p = passes / n;
  const z2 = Z975 * Z975;
  const middle = p + z2 / (2 * n);
  const half = Z975 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  return {
    low: passes <= 0 ? 0 : Math.max(0, (middle - half) / scale),
    high: passes >= n ? 1 : Math.min(1, (middle + half) / scale),
  };
}

/**
 * The exact 95 % interval of a proportion: `passes` of `n` independent cases, both integers. Conservative: it
 * covers at least 95 %. Returns [0, 1] without cases. Clopper and Pearson 1934.
 */
export function clopperPearsonInterval(passes: number, n: number): Interval {
  return {
    low: passes <= 0 ? 0 : betaQuantile(0.025, passes, n - passes + 1),
    high: passes >= n ? 1 : betaQuantile(0.975, passes + 1, n - passes),
  };
}

/**
 * The interval of the difference of two paired proportions, if `worse` and `better` of `n` cases changed.
 * A Wald interval with one added to each changed cell and two to `n`, so that it is never empty. Returns
 * [−1, 1] without cases. `z` is the normal quantile of its upper end: 95 % unless given. Bonett and Price 2012, "Adjusted Wald Confidence Interval for a Difference of
 * Binomial Proportions Based on Paired Data".
 */
export function bonettPriceInterval(
  worse: number,
  better: number,
  n: number,
  z: number = Z975,
): Interval {
  if (n <= 0) return { low: -1, high: 1 };
  const down = (worse + 1) / (n + 2);
  const up = (better + 1) / (n + 2);
  const middle = up - down;
  const half = z * Math.sqrt((up + down - middle * middle) / (n + 2));
  return { low: Math.max(-1, middle - half), high: Math.min(1, middle + half) };
}
