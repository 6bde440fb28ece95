import { formatMagnitude, formatPoints, formatPValue } from '../eval/compare/describe-verdict.ts';
import type { PoolComparison } from './compare-pools.ts';

/**
 * What asking again means for a comparison: `; 3 comparisons were possible, so the 99.4 % CI counts: −3.1 to
 * +2.2 points`. Empty for the first comparison.
 */
export function describeLooks({ looks, first, strict, confidence }: PoolComparison): string {
  if (looks === 1) return '';
  const [low, high] = strict.interval;
  const percent = Number((100 * confidence).toFixed(confidence < 0.999 ? 1 : 2));
  const interval = `the ${percent} % CI counts: ${formatPoints(low)} to ${formatPoints(high)} points`;
  const before = `the first comparison was a regression (${formatPoints(first.delta)} points, ${formatPValue(first.p)}), so all runs together have to be within ${formatMagnitude(strict.margin)} points`;
  return first.regression === true
    ? `; ${before}, and ${interval}`
    : `; ${looks} comparisons were possible, so ${interval}`;
}
