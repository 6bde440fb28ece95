import type { CaseSummary } from '../report/summary.ts';
import { boundInterval, isPValueDrawn } from '../statistics/bound-change.ts';
import { normalQuantile } from '../statistics/distributions.ts';
import { type Pair, pairedChange } from '../statistics/paired-change.ts';
import { combinePValues } from '../statistics/sequential-test.ts';
import type { CompareOptions, Comparison } from './comparison.ts';
import {
  decideCertainVerdict,
  decideRegression,
  decideVerdict,
  type MeasuredChange,
  type MissingAnswers,
} from './decide-verdict.ts';
import { completePairs, hasMissing, pairCases } from './pair-cases.ts';
import { compareMetrics, compareTags } from './part-changes.ts';

interface ModelComparisonOptions {
  readonly margin: number;
  readonly seed: number;
  readonly confidence?: number | undefined;
  readonly looked?: CompareOptions['looked'] | undefined;
}

/** What a comparison of one model consists of. */
export type ModelComparison = Omit<Comparison, 'base' | 'model' | 'differs'>;

/**
 * Compares the cases of one model, by id, in two runs. Missing answers are no observation: the figures are
 * about the cases that both runs answered, and the verdict is the one of every completion. Null if the
 * runs have no case in common.
 */
export function compareModel(
  base: ReadonlyMap<string, CaseSummary>,
  candidate: ReadonlyMap<string, CaseSummary>,
  { margin, seed, confidence, looked }: ModelComparisonOptions,
): ModelComparison | null {
  const both = pairCases(base, candidate);
  const quantile = confidence === undefined ? undefined : normalQuantile((1 + confidence) / 2);
  if (both.length === 0) return null;
  const isIncomplete = hasMissing(both);
  // A run stops only on cases before the first that lacks an answer. One that did not stop saw nothing
  // significant, and with answers missing it may not have looked at all.
  const isBlind = isIncomplete && looked?.stopped === false;
  const sequential = looked && { ...looked, p: isBlind ? 1 : looked.p };
  const measure = (pairs: readonly Pair[]): MeasuredChange & { changed: number; units: number } => {
    if (pairs.length === 0) return NOTHING_OBSERVED;
    const change = pairedChange(pairs, seed, quantile);
    const p = sequential
      ? combinePValues(sequential.p, sequential.stopped ? null : change.p)
      : change.p;
    const { delta, detectable, changed, units, interval } = change;
    return { delta, interval: [interval.low, interval.high], p, detectable, changed, units };
  };
  const { observed, worst, best } = completePairs(both);
  const found = measure(observed);
  const { changed, units, ...change } = found;
  const extremes: MissingAnswers | null = isIncomplete
    ? {
        worst: strip(measure(worst)),
        best: strip(measure(best)),
        bounds: boundInterval(worst, best, seed, quantile),
        isDrawn: isPValueDrawn(worst, best),
      }
    : null;
  const [tags, metrics] = [compareTags(both, seed), compareMetrics(both, seed)];
  const mean = (share: (pair: Pair) => number): number =>
    observed.length === 0
      ? 0
      : observed.reduce((sum, pair) => sum + share(pair), 0) / observed.length;
  const turned = (from: CaseSummary['outcome'], to: CaseSummary['outcome']): string[] =>
    both
      .filter(({ before, now }) => before.outcome === from && now.outcome === to)
      .map(({ now }) => now.id);
  const count = (of: (pair: (typeof both)[number]) => CaseSummary): number =>
    both.reduce((sum, pair) => sum + (of(pair).missing ?? 0), 0);
  return {
    cases: both.length,
    leftOut: { base: listAbsent(candidate, base), candidate: listAbsent(base, candidate) },
    toFailed: turned('passed', 'failed'),
    toPassed: turned('failed', 'passed'),
    missing: { base: count(({ before }) => before), candidate: count(({ now }) => now) },
    ...(extremes ? { extremes } : {}),
    passRates: { base: mean((pair) => pair.base), candidate: mean((pair) => pair.candidate) },
    ...change,
    margin,
    nonInferior: decideNonInferior(
      extremes?.bounds.low ?? [change.interval[0], change.interval[0]],
      margin,
    ),
    regression: decideRegression(extremes ?? { worst: change, best: change, isDrawn: false }),
    verdict: extremes
      ? decideCertainVerdict(change, extremes, margin)
      : decideVerdict(change, margin),
    changed,
    ...(units < observed.length ? { groups: units } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(metrics.length > 0 ? { metrics } : {}),
  };
}

/** No case has an answer in both runs. */
const NOTHING_OBSERVED = {
  delta: 0,
  interval: [-1, 1],
  p: 1,
  detectable: 1,
  changed: 0,
  units: 0,
} as const;

function decideNonInferior(
  [least, most]: readonly [number, number],
  margin: number,
): boolean | null {
  if (least > -margin) return true;
  return most > -margin ? null : false;
}

function strip({ delta, interval, p, detectable }: MeasuredChange): MeasuredChange {
  return { delta, interval, p, detectable };
}

function listAbsent(
  run: ReadonlyMap<string, CaseSummary>,
  other: ReadonlyMap<string, CaseSummary>,
): string[] {
  return [...other.keys()].filter((id) => !run.has(id));
}
