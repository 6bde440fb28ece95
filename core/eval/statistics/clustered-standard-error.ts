/** A mean with its standard errors: as if every value stood alone, and by clusters. */
export interface ClusteredStandardError {
  readonly mean: number;
  /** By the central limit theorem, every value on its own. */
  readonly plain: number;
  /** Values of one cluster may move together. */
  readonly clustered: number;
  /** `clustered` with the factor √(C / (C − 1)) for few clusters; null for a single one. */
  readonly corrected: number | null;
  readonly clusters: number;
}

/**
 * The standard error of a mean when values come in clusters. Null without values.
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
