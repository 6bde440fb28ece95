import { formatPercent, formatPercentNumber } from '../../format-percent.ts';
import { isolateDirection } from '../../text.ts';
import { MIN_CHANGED } from '../statistics/paired-change.ts';
import type { Comparison } from './comparison.ts';
import { SIGNIFICANCE_LEVEL } from './decide-verdict.ts';
import { describeDifferences, isUnchanged } from './differences.ts';

/** With fewer groups their standard error is unreliable. */
const MIN_GROUPS = 10;

/** The verdict as one sentence: `regression: 86 % → 78 % of 100 cases pass, −8 points (95 % CI …)`. */
export function describeVerdict(comparison: Comparison): string {
  const { cases, passRates, delta, interval, margin, detectable } = comparison;
  const p = comparison.pAdjusted ?? comparison.p;
  const rates = `${formatPercentNumber(passRates.base)} → ${formatPercent(passRates.candidate)} of ${cases} ${cases === 1 ? 'case passes' : 'cases pass'}`;
  const change = `${formatPoints(delta)} ${formatMagnitude(delta) === '1' ? 'point' : 'points'} (95 % CI ${formatPoints(interval[0])} to ${formatPoints(interval[1])}, ${formatPValue(p)})`;
  const said = `${rates}, ${change}`;
  const bounds = `the margin of ${formatMagnitude(margin)} points`;
  switch (comparison.verdict) {
    case 'regression':
      return `regression: ${said}`;
    case 'improvement':
      return `improvement: ${said}`;
    case 'equivalent':
      return `equivalent: ${said}, within ${bounds}`;
    case 'underpowered':
      return `underpowered: ${said}; the minimum detectable change is ${Math.round(detectable * 100)} points, more than ${bounds}`;
    case 'no-evidence':
      return `no evidence of a change or of equivalence: ${said}, not within ${bounds}`;
    case 'incomplete':
      return describeIncomplete(comparison, said);
    default:
      return comparison.verdict satisfies never;
  }
}

/** A verdict that missing answers decide, with the command that asks for them. */
function describeIncomplete(comparison: Comparison, observed: string): string {
  const { missing, cases, passRates, base } = comparison;
  const isBase = missing.base > 0;
  const retry = isBase
    ? `run the baseline's missing cases again (run ${base}, --retry-errors)`
    : '--retry-errors asks for what is missing';
  const rates =
    passRates.base === 0 && passRates.candidate === 0 && comparison.changed === 0
      ? `of ${cases} ${cases === 1 ? 'case' : 'cases'} none can be compared`
      : `answered cases: ${observed}`;
  return `incomplete: ${describeMissing(comparison)} and could change the verdict; ${rates}; ${retry}`;
}

/** `8 answers are missing (8 in this run)`. */
export function describeMissing({ missing: { base, candidate } }: Comparison): string {
  const parts = [
    ...(base > 0 ? [`${base} in the baseline`] : []),
    ...(candidate > 0 ? [`${candidate} in this run`] : []),
  ];
  return `${base + candidate === 1 ? '1 answer is' : `${base + candidate} answers are`} missing (${parts.join(', ')})`;
}

/** Lists what qualifies a verdict, one sentence each. `names` are what cases are called, by id. */
export function listVerdictNotes(
  comparison: Comparison,
  names?: ReadonlyMap<string, string>,
): string[] {
  const { changed, groups, leftOut, differs, verdict, p, missing, stoppedOf } = comparison;
  const notes: string[] = [];
  const unit = groups === undefined ? 'case' : 'group';
  if (changed > 0 && changed < MIN_CHANGED && p >= 0.05)
    notes.push(
      `only ${changed} ${unit}${changed === 1 ? '' : 's'} changed: with fewer than ${MIN_CHANGED} no change can be significant`,
    );
  if (groups !== undefined && groups < MIN_GROUPS)
    notes.push(
      `only ${groups} groups of cases: the interval is unreliable; use at least ${MIN_GROUPS}`,
    );
  if (missing.base + missing.candidate > 0 && verdict !== 'incomplete')
    notes.push(`${describeMissing(comparison)}; the verdict is the same whatever they are`);
  if (stoppedOf !== undefined)
    notes.push(
      `stopped after ${comparison.cases} of ${stoppedOf} cases, once the verdict was certain; the size of the change is less certain`,
    );
  else if (leftOut.base.length > 0)
    notes.push(`not compared, only in the baseline: ${formatNames(leftOut.base, names)}`);
  if (leftOut.candidate.length > 0)
    notes.push(`not compared, not in the baseline: ${formatNames(leftOut.candidate, names)}`);
  const { cachedShare = 0 } = comparison;
  if (cachedShare > 0)
    notes.push(
      `${formatPercent(cachedShare)} of this run’s answers came from the cache: they repeat an earlier run and are not a new measurement`,
    );
  for (const { name, cases, base, candidate, delta, pAdjusted } of comparison.tags ?? [])
    if (pAdjusted < SIGNIFICANCE_LEVEL)
      notes.push(
        `tag ${isolateDirection(name)}: ${formatPercentNumber(base)} → ${formatPercent(candidate)} of ${cases} cases pass, ${formatPoints(delta)} points (${formatPValue(pAdjusted)}, adjusted for all tags)`,
      );
  for (const { name, base, candidate, pAdjusted } of comparison.metrics ?? [])
    if (pAdjusted < SIGNIFICANCE_LEVEL)
      notes.push(
        `${isolateDirection(name)} ${candidate < base ? 'fell' : 'rose'}: ${formatScore(base)} → ${formatScore(candidate)} on average (${formatPValue(pAdjusted)}, adjusted for all metrics)`,
      );
  const text = describeDifferences(differs);
  if (text !== '') notes.push(`differences between the runs: ${text}`);
  if (isUnchanged(differs) && (verdict === 'regression' || verdict === 'improvement'))
    notes.push('nothing that you control differs: the model or its provider changed');
  return notes;
}

/** Formats a difference of shares in percentage points with at most one decimal: `+3.5`, `−8`, `0`. */
export function formatPoints(difference: number): string {
  const sign = difference < 0 ? '−' : '+';
  const size = formatMagnitude(difference);
  return size === '0' ? size : sign + size;
}

/** Formats the points without a sign. */
export function formatMagnitude(difference: number): string {
  return String(Math.round(Math.abs(difference) * 1000) / 10);
}

function formatScore(mean: number): string {
  return String(Number(mean.toFixed(3)));
}

/** Formats a p-value as journals do: `p = .031`, `p < .001`. */
export function formatPValue(p: number): string {
  return p < 0.001 ? 'p < .001' : `p = ${p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '')}`;
}

function formatNames(
  ids: readonly string[],
  names: ReadonlyMap<string, string> | undefined,
): string {
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  const shown = ids.slice(0, 5).map((id) => names?.get(id) ?? id);
  return shown.join(', ') + more;
}
