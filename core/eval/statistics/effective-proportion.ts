import { clusteredStandardError } from './clustered-standard-error.ts';

/** A mean of shares with the number of independent cases that it is worth. */
export interface EffectiveProportion {
  /** 0 to 1. */
  readonly value: number;
  /** At most the number of clusters; need not be an integer. */
  readonly n: number;
  readonly clusters: number;
}

/**
 * The mean of shares from 0 to 1, and its effective number of cases: what the clustered standard error leaves
 * of it, and at most the number of clusters. Null without shares.
 */
export function effectiveProportion(
  shares: readonly number[],
  clusters: readonly (string | number)[],
): EffectiveProportion | null {
  const error = clusteredStandardError(shares, clusters);
  if (!error) return null;
  const { mean: value, clustered, corrected, clusters: count } = error;
  const spread = value * (1 - value);
  // Without clusters the plain error keeps Wilson's own n.
  const standardError = count === shares.length ? clustered : (corrected ?? 0);
  const size = standardError > 0 ? spread / standardError ** 2 : count;
  return { value, n: Math.min(count, Math.max(1, size)), clusters: count };
}
