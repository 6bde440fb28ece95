import type { CaseSummary } from '../report/report.ts';
import { holmAdjust } from '../statistics/holm-adjust.ts';
import { MIN_CHANGED, type Pair, pairedChange } from '../statistics/paired-change.ts';
import { scoreChange } from '../statistics/score-change.ts';

/** How the pass rate of a tag's cases, or the mean of a metric, changed from one run to another. */
export interface PartChange {
  readonly name: string;
  /** The number of cases in both runs. */
  readonly cases: number;
  /** Pass rates, or mean scores. */
  readonly base: number;
  readonly candidate: number;
  readonly delta: number;
  /** The 95 % interval; null if too few cases changed. */
  readonly interval: readonly [number, number] | null;
  readonly p: number;
  /** Adjusted by Holm's method, over all tags or all metrics. */
  readonly pAdjusted: number;
}

/** The results of a case in two runs. */
export interface CasePair {
  readonly before: CaseSummary;
  readonly now: CaseSummary;
  readonly pair: Pair;
}

/** Compares each tag of six or more cases, but not of all. With fewer cases no change can be significant. */
export function compareTags(cases: readonly CasePair[], seed: number): PartChange[] {
  const byTag = new Map<string, Pair[]>();
  for (const { now, pair } of cases) {
    for (const tag of new Set(now.tags)) {
      const known = byTag.get(tag);
      if (known) known.push(pair);
      else byTag.set(tag, [pair]);
    }
  }
  const changes = [...byTag]
    .filter(([, pairs]) => pairs.length >= MIN_CHANGED && pairs.length < cases.length)
    .map(([name, pairs]) => {
      const { delta, interval, p } = pairedChange(pairs, seed);
      return {
        name,
        ...averagePairs(pairs),
        delta,
        interval: [interval.low, interval.high] as const,
        p,
      };
    });
  return adjustPValues(changes);
}

/** Compares each metric over the cases that have it in both runs. */
export function compareMetrics(cases: readonly CasePair[], seed: number): PartChange[] {
  const names = new Set(cases.flatMap(({ now }) => Object.keys(now.metrics ?? {})));
  const changes = [...names].flatMap((name) => {
    const pairs = cases.flatMap(({ before, now }) => {
      const [base, candidate] = [before.metrics?.[name], now.metrics?.[name]];
      if (base === undefined || candidate === undefined) return [];
      return [{ base, candidate, ...(now.group === undefined ? {} : { group: now.group }) }];
    });
    if (pairs.length === 0) return [];
    const { delta, interval, p } = scoreChange(pairs, seed);
    const bounds = interval && ([interval.low, interval.high] as const);
    return [{ name, ...averagePairs(pairs), delta, interval: bounds, p }];
  });
  return adjustPValues(changes);
}

function averagePairs(pairs: readonly { readonly base: number; readonly candidate: number }[]) {
  const mean = (of: 'base' | 'candidate'): number =>
    pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length;
  return { cases: pairs.length, base: mean('base'), candidate: mean('candidate') };
}

function adjustPValues(changes: readonly Omit<PartChange, 'pAdjusted'>[]): PartChange[] {
  const all = holmAdjust(changes.map(({ p }) => p));
  return changes.map((change, i) => ({ ...change, pAdjusted: all[i] ?? change.p }));
}
