import type { Interval } from './interval.ts';
import { Z975 } from './normal.ts';

/**
 * Wilson's 95 % score interval of a proportion. `passes` of `n` independent cases; it may be
 * fractional, when each case counts with its share of passed repeats. No cases give [0, 1].
 * Wilson 1927; Brown, Cai, DasGupta 2001.
 */
export function wilson(passes: number, n: number): Interval {
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
