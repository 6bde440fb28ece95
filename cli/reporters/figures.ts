import { formatDollars } from '#core/models/figures.ts';
import type { Figure } from '#core/tokens/figure.ts';

/** USD, or `unknown`: an unknown cost is never $0. */
export function dollarsOrUnknown(cost: number | null | undefined): string {
  return cost === null || cost === undefined ? 'unknown' : formatDollars(cost);
}

/** `$0.0031`, or `$0.0031–$0.0042` if calls differ. */
export function dollarRange({ min, max }: Figure): string {
  const [low, high] = [formatDollars(min), formatDollars(max)];
  return low === high ? low : `${low}–${high}`;
}
