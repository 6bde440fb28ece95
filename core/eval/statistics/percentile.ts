/**
 * The nearest-rank percentile: the smallest value that at least `share` (0 to 1) of the values do not
 * exceed. `sorted` ascends; null when it is empty.
 */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  if (sorted.length === 0) return null;
  const rank = Math.ceil(Math.min(Math.max(share, 0), 1) * sorted.length);
  return sorted[Math.max(rank - 1, 0)] ?? null;
}
