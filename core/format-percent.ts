/**
 * A share from 0 to 1 in percent, rounded to one decimal that is left out where it is zero: `66.7 %`,
 * `40 %`. A share that is not 0 or 1 never looks like it: `< 0.1 %`, `> 99.9 %`.
 */
export function formatPercent(share: number): string {
  return `${formatPercentNumber(share)} %`;
}

/** The same without the sign, for a range or a change that has one sign behind it. */
export function formatPercentNumber(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1';
  if (share < 1 && share >= 0.9995) return '> 99.9';
  return String(Math.round(share * 1000) / 10);
}
