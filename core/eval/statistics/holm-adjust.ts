/**
 * Adjusts p-values by Holm's method (1979), which controls the family-wise error rate. Keeps their order.
 */
export function holmAdjust(values: readonly number[]): number[] {
  const order = values.map((p, i) => ({ p, i })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(values.length).fill(1);
  let least = 0;
  order.forEach(({ p, i }, rank) => {
    least = Math.max(least, Math.min(1, p * (values.length - rank)));
    adjusted[i] = least;
  });
  return adjusted;
}
