import { bootstrapInterval } from './bootstrap.ts';
import { clusteredStandardError } from './clustered-standard-error.ts';
import { tQuantile975 } from './distributions.ts';
import { MIN_CHANGED } from './paired-change.ts';
import type { Interval } from './proportion-intervals.ts';
import { signFlipTest } from './sign-flip-test.ts';

/** The score of one case in two runs. */
export interface ScorePair {
  readonly base: number;
  readonly candidate: number;
  /** Cases of one group share a source and may move together. */
  readonly group?: string;
}

/** The change of a mean score between two runs. */
export interface ScoreChange {
  readonly delta: number;
  /** Null if fewer than six cases changed. */
  readonly interval: Interval | null;
  /** The two-sided p-value. */
  readonly p: number;
}

/**
 * Compares a score of the same cases in two runs: sign-flip by group for the p-value; the bootstrap, or
 * clustered standard errors, for the interval. `pairs` must not be empty.
 */
export function scoreChange(pairs: readonly ScorePair[], seed: number): ScoreChange {
  const differences = pairs.map(({ base, candidate }) => snapToZero(candidate - base));
  const clusters = pairs.map(({ group }, i) => group ?? i);
  const sums = new Map<string | number, number>();
  for (const [i, cluster] of clusters.entries())
    sums.set(cluster, (sums.get(cluster) ?? 0) + (differences[i] ?? 0));
  const units = [...sums.values()].map(snapToZero);
  const delta = differences.reduce((a, b) => a + b, 0) / pairs.length;
  const p = signFlipTest(units, seed);
  if (units.filter((sum) => sum !== 0).length < MIN_CHANGED) return { delta, interval: null, p };
  if (units.length === pairs.length)
    return { delta, interval: bootstrapInterval(differences, seed), p };
  const half =
    tQuantile975(units.length - 1) *
    (clusteredStandardError(differences, clusters)?.corrected ?? 1);
  return { delta, interval: { low: delta - half, high: delta + half }, p };
}

/** Sets rounding errors to zero. */
function snapToZero(difference: number): number {
  return Math.abs(difference) < 1e-9 ? 0 : difference;
}
