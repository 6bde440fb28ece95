/**
 * The p values adjusted for how many there are, in the order given: the share of families of tests with
 * even one false alarm stays at the level. Holm 1979.
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
