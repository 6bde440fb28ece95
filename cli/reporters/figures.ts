import type { Figure } from '#core/tokens/figure.ts';

/** `120`, or `80–120–300` (lowest, median, highest) where calls differ. */
export function exactly({ min, median, max }: Figure): string {
  const parts = [min, median, max].map((n) => n.toLocaleString('en-US'));
  return min === max ? (parts[1] ?? '') : parts.join('–');
}

/** A token figure, with `≈` for an estimate. */
export function amount(figure: Figure, exact: boolean): string {
  return `${exact ? '' : '≈ '}${exactly(figure)}`;
}

/** USD with three significant digits, `$0.000142`; a figure whose calls differ as a range. */
export function dollars(figure: Figure | number): string {
  if (typeof figure === 'number') return `$${significant(figure)}`;
  if (significant(figure.min) === significant(figure.max)) return dollars(figure.median);
  return `$${significant(figure.min)}–${significant(figure.max)}`;
}

/** USD, or `unknown`. */
export function dollarsOrUnknown(cost: number | null | undefined): string {
  return cost === null || cost === undefined ? 'unknown' : dollars(cost);
}

function significant(value: number): string {
  if (value === 0) return '0';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  if (value >= 1) return value.toFixed(2);
  const digits = Math.min(9, 2 - Math.floor(Math.log10(value)));
  return value.toFixed(digits).replace(/(\.\d\d.*?)0+$/, '$1');
}
