import { formatPercent, formatPercentNumber } from '../../format-percent.ts';
import { isolateDirection } from '../../text.ts';
import { MIN_CHANGED } from '../statistics/paired-change.ts';
import { type Comparison, SIGNIFICANCE_LEVEL } from './compare.ts';
import { describeDifferences, isUnchanged } from './differences.ts';

/** Under so many groups their standard error is itself a guess. */
const FEW_GROUPS = 10;

/** The verdict as one sentence: `regression: 86 % → 78 % of 100 cases pass, −8 points (95 % interval …)`. */
export function describeVerdict(comparison: Comparison): string {
  const { cases, passRates, delta, interval, margin, detectable } = comparison;
  const p = comparison.pAdjusted ?? comparison.p;
  const rates = `${formatPercentNumber(passRates.base)} → ${formatPercent(passRates.candidate)} of ${cases} ${cases === 1 ? 'case passes' : 'cases pass'}`;
  const change = `${formatPoints(delta)} ${formatMagnitude(delta) === '1' ? 'point' : 'points'} (95 % interval ${formatPoints(interval[0])} to ${formatPoints(interval[1])}, ${formatPValue(p)})`;
  const said = `${rates}, ${change}`;
  const within = `the margin of ${formatMagnitude(margin)} points`;
  switch (comparison.verdict) {
    case 'regression':
      return `regression: ${said}`;
    case 'improvement':
      return `improvement: ${said}`;
    case 'equivalent':
      return `equivalent: ${said}, inside ${within}`;
    case 'underpowered':
      return `this golden set cannot tell: ${said}. It shows changes from about ${Math.round(detectable * 100)} points on, more than ${within}`;
    case 'no-evidence':
      return `no evidence of a change, nor of equivalence: ${said} is not inside ${within}`;
    default:
      return comparison.verdict satisfies never;
  }
}

/** What else must be known to read a verdict, a sentence each. */
export function listVerdictNotes(comparison: Comparison): string[] {
  const { changed, groups, leftOut, differs, verdict, p, errored, stoppedOf } = comparison;
  const notes: string[] = [];
  const unit = groups === undefined ? 'case' : 'group';
  if (changed > 0 && changed < MIN_CHANGED && p >= 0.05)
    notes.push(
      `only ${changed} ${unit}${changed === 1 ? '' : 's'} changed: under six no test can tell a change from chance`,
    );
  if (groups !== undefined && groups < FEW_GROUPS)
    notes.push(`only ${groups} groups of cases: unreliable, ten or more are needed`);
  if (errored.base + errored.candidate > 0)
    notes.push(
      `cases that errored count as not passed: ${errored.base} in the baseline, ${errored.candidate} in this run; retry them before you trust the verdict`,
    );
  if (stoppedOf !== undefined)
    notes.push(
      `stopped after ${comparison.cases} of ${stoppedOf} cases, when the verdict stood; how large the change is, is less certain`,
    );
  else if (leftOut.base.length > 0)
    notes.push(`not compared, only in the baseline: ${formatNames(leftOut.base)}`);
  if (leftOut.candidate.length > 0)
    notes.push(`not compared, not in the baseline: ${formatNames(leftOut.candidate)}`);
  const { cachedShare = 0 } = comparison;
  if (cachedShare > 0)
    notes.push(
      `${formatPercent(cachedShare)} of this run’s answers came from the cache: they are an earlier run’s, no new measurement`,
    );
  for (const { name, cases, base, candidate, delta, pAdjusted } of comparison.tags ?? [])
    if (pAdjusted < SIGNIFICANCE_LEVEL)
      notes.push(
        `the cases tagged ${isolateDirection(name)}: ${formatPercentNumber(base)} → ${formatPercent(candidate)} of ${cases} pass, ${formatPoints(delta)} points (${formatPValue(pAdjusted)}, adjusted for all tags)`,
      );
  for (const { name, base, candidate, pAdjusted } of comparison.metrics ?? [])
    if (pAdjusted < SIGNIFICANCE_LEVEL)
      notes.push(
        `${isolateDirection(name)} ${candidate < base ? 'fell' : 'rose'}: ${formatScore(base)} → ${formatScore(candidate)} on average (${formatPValue(pAdjusted)}, adjusted for all metrics)`,
      );
  const text = describeDifferences(differs);
  if (text !== '') notes.push(`differs: ${text}`);
  if (isUnchanged(differs) && (verdict === 'regression' || verdict === 'improvement'))
    notes.push('nothing of yours differs: the model or its provider changed');
  return notes;
}

/** `+3.5`, `−8`, `0`: of a difference of shares, in points with at most one decimal. */
export function formatPoints(difference: number): string {
  const sign = difference < 0 ? '−' : '+';
  const size = formatMagnitude(difference);
  return size === '0' ? size : sign + size;
}

/** The points without a sign. */
export function formatMagnitude(difference: number): string {
  return String(Math.round(Math.abs(difference) * 1000) / 10);
}

function formatScore(mean: number): string {
  return String(Number(mean.toFixed(3)));
}

function formatPValue(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '')}`;
}

function formatNames(ids: readonly string[]): string {
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return ids.slice(0, 5).join(', ') + more;
}
