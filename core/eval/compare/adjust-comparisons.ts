import { holmAdjust } from '../statistics/holm-adjust.ts';
import type { Comparison } from './comparison.ts';
import {
  decideCertainVerdict,
  decideVerdict,
  type MeasuredChange,
  type MissingAnswers,
  type Verdict,
} from './decide-verdict.ts';

/** Adjusts the p-values and verdicts of several comparisons by Holm's method. */
export function adjustComparisons(found: readonly Comparison[]): Comparison[] {
  if (found.length < 2) return [...found];
  const observed = holmAdjust(found.map(({ p }) => p));
  const lowest = found.map((one) => boundPValue(one, Math.min));
  const highest = found.map((one) => boundPValue(one, Math.max));
  return found.map((one, i) => {
    const pAdjusted = observed[i] ?? one.p;
    const { margin, extremes } = one;
    const change = { ...one, p: pAdjusted };
    if (!extremes && lowest.every((p, j) => p === highest[j]))
      return withVerdict({ ...one, pAdjusted }, decideVerdict(change, margin));
    // The missing answers of the other comparisons move this one's adjustment, too.
    const adjust = (own: MeasuredChange): readonly MeasuredChange[] =>
      [lowest, highest].map((others) => {
        const all = holmAdjust(others.map((p, j) => (j === i ? own.p : p)));
        return { ...own, p: all[i] ?? own.p };
      });
    const bounds = extremes ?? fixed(one);
    const verdicts = [0, 1].map((bound) => {
      const pick = (of: MeasuredChange): MeasuredChange => adjust(of)[bound] ?? of;
      const adjusted = { ...bounds, worst: pick(bounds.worst), best: pick(bounds.best) };
      return decideCertainVerdict(change, adjusted, margin);
    });
    const [first = 'incomplete', second] = verdicts;
    return withVerdict({ ...one, pAdjusted }, first === second ? first : 'incomplete');
  });
}

function withVerdict(one: Comparison, verdict: Verdict): Comparison {
  // A change that is not significant by itself is not significant after the adjustment.
  const isOpen = verdict === 'incomplete' && one.regression !== false;
  return { ...one, verdict, regression: isOpen ? null : verdict === 'regression' };
}

/** A comparison without missing answers is the same in every completion. */
function fixed({ delta, interval, p, detectable }: Comparison): MissingAnswers {
  const change = { delta, interval, p, detectable };
  const [low, high] = interval;
  const bounds = { low: [low, low], high: [high, high], width: high - low } as const;
  return { worst: change, best: change, bounds, isDrawn: false };
}

/** The lowest or highest p-value of any completion. */
function boundPValue({ p, extremes }: Comparison, pick: (...values: number[]) => number): number {
  if (!extremes) return p;
  const { worst, best } = extremes;
  // Where the direction turns there is a completion without any change.
  const turns = worst.delta <= 0 && best.delta >= 0 ? [1] : [];
  return pick(worst.p, best.p, ...turns);
}
