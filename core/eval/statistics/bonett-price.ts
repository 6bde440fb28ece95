import type { Interval } from './interval.ts';
import { Z975 } from './normal.ts';

/**
 * The 95 % interval of a difference of two paired proportions, of which `worse` and `better` of `n`
 * cases changed: Wald's form after one is added to each changed cell and two to n, so that it is never
 * empty. Bonett and Price 2012, "Adjusted Wald Confidence Interval for a Difference of Binomial
 * Proportions Based on Paired Data". No cases give [−1, 1].
 */
export function bonettPrice(worse: number, better: number, n: number): Interval {
  if (n <= 0) return { low: -1, high: 1 };
  const down = (worse + 1) / (n + 2);
  const up = (better + 1) / (n + 2);
  const middle = up - down;
  const half = Z975 * Math.sqrt((up + down - middle * middle) / (n + 2));
  return { low: Math.max(-1, middle - half), high: Math.min(1, middle + half) };
}
