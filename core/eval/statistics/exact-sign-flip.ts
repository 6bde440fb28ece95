/** Beyond this many steps it is faster to draw. */
const MAX_STEPS = 5_000_000;
const MAX_DENOMINATOR = 1_000;

/**
 * The denominator that all values have in common, at most 1,000: 6 for thirds and halves. Null if there is
 * none, or if the distribution of their signed sums would take too long to count.
 */
export function findDenominator(values: readonly number[]): number | null {
  const scale = values.reduce((sum, value) => sum + Math.abs(value), 0);
  for (let n = 1; n <= MAX_DENOMINATOR; n++) {
    if (scale * n * values.length > MAX_STEPS) return null;
    if (values.every((value) => Math.abs(value * n - Math.round(value * n)) < 1e-9 * n)) return n;
  }
  return null;
}

/**
 * The two-sided p-value of the sign-flip test, counted over all sign combinations of differences that have a
 * denominator in common. Pagano and Tritchler 1983, "On Obtaining Permutation Distributions in Polynomial Time".
 */
export function countSignFlips(differences: readonly number[], denominator: number): number {
  const signed = differences.map((difference) => Math.round(difference * denominator));
  const observed = Math.abs(signed.reduce((a, b) => a + b, 0));
  const sizes = signed.map(Math.abs);
  const total = sizes.reduce((a, b) => a + b, 0);
  // The chance that the positive ones have this sum.
  const chances = new Float64Array(total + 1);
  chances[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let sum = reached; sum >= 0; sum--)
      chances[sum] = ((chances[sum] ?? 0) + (sum >= size ? (chances[sum - size] ?? 0) : 0)) / 2;
  }
  if (observed === 0) return 1;
  // The other tail is the same.
  let tail = 0;
  for (let sum = Math.ceil((total + observed) / 2); sum <= total; sum++) tail += chances[sum] ?? 0;
  return Math.min(1, 2 * tail);
}
