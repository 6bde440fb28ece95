import { Z975 } from './normal.ts';

/**
 * The 97.5 % quantile of Student's t, from the normal one by its expansion in 1 / freedom: within .01 from
 * five degrees on. Abramowitz and Stegun 26.7.5.
 */
export function student975(freedom: number): number {
  const z = Z975;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
