/** A mean with its plain and clustered standard errors. */
export interface ClusteredStandardError {
  readonly mean: number;
  /** The standard error for independent values. */
  readonly plain: number;
  /** The standard error if the values of one cluster are correlated. */
  readonly clustered: number;
  /** `clustered` with the small-sample factor √(C / (C − 1)); null for a single cluster. */
  readonly corrected: number | null;
  readonly clusters: number;
}

/**
 * The standard error of a mean of clustered values. Null without values.
 * Miller 2024, "Adding Error Bars to Evals", §2.2; C / (C − 1) as in Stata's `vce(cluster)`.
 */
export function clusteredStandardError(
  values: readonly number[],
  clusters: readonly (string | number)[],
): ClusteredStandardError | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((a, b) => a + b, 0) / n;
  const sums = new Map<string | number, number>();
  let squares = 0;
  values.forEach((value, i) => {
    const cluster = clusters[i] ?? i;
    sums.set(cluster, (sums.get(cluster) ?? 0) + value - mean);
    squares += (value - mean) ** 2;
  });
  const clustered = Math.sqrt([...sums.values()].reduce((total, sum) => total + sum * sum, 0)) / n;
  const count = sums.size;
  return {
    mean,
    plain: n < 2 ? 0 : Math.sqrt(squares / (n - 1) / n),
    clustered,
    corrected: count < 2 ? null : clustered * Math.sqrt(count / (count - 1)),
    clusters: count,
  };
}
