import type { Figure } from '../tokens/figure.ts';

/** `1,240`: a count with thousands set apart. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `120–340`, or `120` where nothing varies. */
export function formatRange({ min, max }: Figure): string {
  return min === max ? formatCount(min) : `${formatCount(min)}–${formatCount(max)}`;
}

/** `120 / 150 / 340`: least, middle and most. */
export function formatSpread({ min, median, max }: Figure): string {
  return min === max
    ? formatCount(min)
    : `${formatCount(min)} / ${formatCount(median)} / ${formatCount(max)}`;
}

/** USD with about two digits that count: `$0.0031`, `$1.25`, `$1,240`. */
export function formatDollars(value: number): string {
  if (value === 0) return '$0';
  if (value >= 1000) return `$${formatCount(value)}`;
  if (value >= 0.995) return `$${value.toFixed(2)}`;
  const digits = Math.min(10, 1 - Math.floor(Math.log10(value)));
  return `$${value.toFixed(digits).replace(/0+$/, '').replace(/\.$/, '')}`;
}

/** `128k`, `1M`: a window's size. */
export function formatTokenSize(tokens: number): string {
  if (tokens >= 1e6) return `${Number((tokens / 1e6).toFixed(2))}M`;
  return tokens >= 1000 ? `${Math.round(tokens / 1000)}k` : String(tokens);
}
