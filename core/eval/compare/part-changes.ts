import { holmAdjust } from '../statistics/holm-adjust.ts';
import { MIN_CHANGED, pairedChange } from '../statistics/paired-change.ts';
import { scoreChange } from '../statistics/score-change.ts';
import { type CasePair, completePairs, hasMissing } from './pair-cases.ts';

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

/** Compares each tag of six or more cases, but not of all. With fewer cases no change can be significant. */
export function compareTags(cases: readonly CasePair[], seed: number): PartChange[] {
  const byTag = new Map<string, CasePair[]>();
  for (const pair of cases) {
    for (const tag of new Set(pair.now.tags)) {
      const known = byTag.get(tag);
      if (known) known.push(pair);
      else byTag.set(tag, [pair]);
    }
  }
  const changes = [...byTag]
    .filter(([, pairs]) => pairs.length >= MIN_CHANGED && pairs.length < cases.length)
    .flatMap(([name, pairs]) => {
      const { observed, worst, best } = completePairs(pairs);
      if (observed.length === 0) return [];
      const { delta, interval, p } = pairedChange(observed, seed);
      const bounds = hasMissing(pairs) ? [worst, best] : [];
      return [
        {
          name,
          ...averagePairs(observed),
          delta,
          interval: [interval.low, interval.high] as const,
          p: findCertainP(
            { delta, p },
            bounds.map((one) => pairedChange(one, seed)),
          ),
        },
      ];
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
    const extremes = hasMissing(cases)
      ? ([0, 1] as const).map((score) => scoreChange(fillScores(cases, name, score), seed))
      : [];
    const certain = findCertainP({ delta, p }, extremes);
    return [{ name, ...averagePairs(pairs), delta, interval: bounds, p: certain }];
  });
  return adjustPValues(changes);
}

/** The scores of a metric, with the missing ones of the candidate at `score` and those of the baseline opposite. */
function fillScores(cases: readonly CasePair[], name: string, score: 0 | 1) {
  const fill = (
    { metrics, repeats, missing = 0 }: CasePair['now'],
    ifMissing: number,
  ): number | null => {
    const mean = metrics?.[name];
    const known = mean === undefined ? 0 : repeats;
    return known + missing === 0
      ? null
      : ((mean ?? 0) * known + ifMissing * missing) / (known + missing);
  };
  return cases.flatMap(({ before, now }) => {
    const [base, candidate] = [fill(before, 1 - score), fill(now, score)];
    if (base === null || candidate === null) return [];
    return [{ base, candidate, ...(now.group === undefined ? {} : { group: now.group }) }];
  });
}

/** The highest p of any completion of the missing answers; 1 if the direction of the change may turn. */
function findCertainP(
  observed: { readonly delta: number; readonly p: number },
  extremes: readonly { readonly delta: number; readonly p: number }[],
): number {
  const turns = extremes.some(({ delta }) => Math.sign(delta) !== Math.sign(observed.delta));
  return turns ? 1 : Math.max(observed.p, ...extremes.map(({ p }) => p));
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
