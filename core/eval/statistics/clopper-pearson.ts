import { betaQuantile } from './beta.ts';
import type { Interval } from './interval.ts';

/**
 * The exact 95 % interval of a proportion: it covers at least 95 %, and more than Wilson's for small n.
 * `passes` of `n` independent cases, whole numbers. Clopper and Pearson 1934. No cases give [0, 1].
 */
export function clopperPearson(passes: number, n: number): Interval {
  return {
    low: passes <= 0 ? 0 : betaQuantile(0.025, passes, n - passes + 1),
    high: passes >= n ? 1 : betaQuantile(0.975, passes + 1, n - passes),
  };
}
