import { clusteredStandardError } from './clustered-standard-error.ts';
import { type Interval, wilsonInterval } from './proportion-intervals.ts';

/**
 * The mean of shares from 0 to 1 and its Wilson 95 % interval on the effective number of cases: what the
 * clustered standard error leaves of it, and at most the number of clusters. Null without shares.
 */
export function clusteredProportion(
  shares: readonly number[],
  clusters: readonly (string | number)[],
): ({ readonly value: number } & Interval) | null {
  const error = clusteredStandardError(shares, clusters);
  if (!error) return null;
  const { mean: value, clustered, corrected, clusters: count } = error;
  const spread = value * (1 - value);
  // Without clusters the plain error keeps Wilson's own n.
  const standardError = count === shares.length ? clustered : (corrected ?? 0);
  const size = standardError > 0 ? spread / standardError ** 2 : count;
  const n = Math.min(count, Math.max(1, size));
  return { value, ...wilsonInterval(value * n, n) };
}
