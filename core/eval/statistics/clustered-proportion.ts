import { effectiveProportion } from './effective-proportion.ts';
import { type Interval, wilsonInterval } from './proportion-intervals.ts';

/**
 * The mean of shares from 0 to 1 and its Wilson 95 % interval on the effective number of cases. Null without
 * shares.
 */
export function clusteredProportion(
  shares: readonly number[],
  clusters: readonly (string | number)[],
): ({ readonly value: number } & Interval) | null {
  const found = effectiveProportion(shares, clusters);
  return found && { value: found.value, ...wilsonInterval(found.value * found.n, found.n) };
}
