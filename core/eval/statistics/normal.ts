/** The 97.5 % quantile of the normal distribution. */
export const Z975 = 1.959963984540054;

/** The share of the standard normal distribution below `z`, to 1.2e-7 (Numerical Recipes, `erfcc`). */
export function normalShare(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const polynomial = ERFC.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const tail = (t * Math.exp(-x * x + polynomial)) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** The `z` below which that share lies; ±Infinity for 1 and 0. Wichura 1988 (AS 241, PPND7), to 1e-7. */
export function normalQuantile(share: number): number {
  if (share <= 0) return -Infinity;
  if (share >= 1) return Infinity;
  const q = share - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? share : 1 - share));
  const z = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(FAR, r - 5);
  return q < 0 ? -z : z;
}

const ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
];

/** Numerator and denominator of each of the three ranges, lowest power first. */
type Fraction = readonly [readonly number[], readonly number[]];
const CENTRE: Fraction = [
  [3.3871327179, 50.434271938, 159.29113202, 59.10937472],
  [1, 17.895169469, 78.757757664, 67.1875636],
];
const MIDDLE: Fraction = [
  [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103],
  [1, 0.7370016425, 0.12021132975],
];
const FAR: Fraction = [
  [6.657905115, 3.081226386, 0.42868294337, 0.017337203997],
  [1, 0.24197894225, 0.012258202635],
];

function ratio([top, bottom]: Fraction, x: number): number {
  const value = (terms: readonly number[]) => terms.reduceRight((sum, term) => sum * x + term, 0);
  return value(top) / value(bottom);
}
