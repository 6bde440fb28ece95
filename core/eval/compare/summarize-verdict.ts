import { formatPercent } from '../../format-percent.ts';
import type { Comparison } from './comparison.ts';
import {
  describeMissing,
  formatMagnitude,
  formatPoints,
  formatPValue,
} from './describe-verdict.ts';

/**
 * A verdict as a headline: `Regression vs HEAD: 90 % → 0 % of 10 cases (p = .004)`. `base` is what people
 * call the baseline.
 */
export function summarizeVerdict(comparison: Comparison, base: string): string {
  const { verdict, passRates, cases, margin, detectable, interval } = comparison;
  const p = formatPValue(comparison.pAdjusted ?? comparison.p);
  const rates = `${formatPercent(passRates.base)} → ${formatPercent(passRates.candidate)} of ${cases} ${cases === 1 ? 'case' : 'cases'}`;
  const points = `${formatMagnitude(margin)} points`;
  switch (verdict) {
    case 'regression':
      return `Regression vs ${base}: ${rates} (${p})`;
    case 'improvement':
      return `Improvement vs ${base}: ${rates} (${p})`;
    case 'equivalent':
      return `Equivalent to ${base}: ${rates}, within ${points} (95 % CI ${formatPoints(interval[0])} to ${formatPoints(interval[1])})`;
    case 'underpowered':
      return `No significant change vs ${base}: ${rates} (${p}); these cases detect changes of ${Math.round(detectable * 100)} points or more`;
    case 'no-evidence':
      return `No significant change vs ${base}: ${rates} (${p}), and not shown to be within ${points}`;
    case 'incomplete':
      return `No verdict vs ${base}: ${describeMissing(comparison)} and could change it`;
    default:
      return verdict satisfies never;
  }
}
