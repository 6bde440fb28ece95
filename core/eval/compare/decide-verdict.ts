import type { IntervalBounds } from '../statistics/bound-change.ts';

/** A change with a smaller p-value is significant. */
export const SIGNIFICANCE_LEVEL = 0.05;

/** `incomplete`: missing answers could change the verdict. */
export type Verdict =
  | 'regression'
  | 'improvement'
  | 'equivalent'
  | 'underpowered'
  | 'no-evidence'
  | 'incomplete';

/** A change of pass rates, from −1 to 1, with what a verdict needs. */
export interface MeasuredChange {
  readonly delta: number;
  readonly interval: readonly [low: number, high: number];
  readonly p: number;
  /** The minimum detectable change with 80 % power. */
  readonly detectable: number;
}

/** The change if every missing answer were at its worst and at its best, and what is between the two. */
export interface MissingAnswers {
  readonly worst: MeasuredChange;
  readonly best: MeasuredChange;
  /** Where the interval is in every completion. */
  readonly bounds: IntervalBounds;
  /** p-values are drawn at random, so that they are known only up to an error. */
  readonly isDrawn: boolean;
}

/** Three standard errors of the difference of two p-values near the level of significance, from 10,000 draws. */
const DRAWN_P_ERROR = 0.01;

/** Decides the verdict: a significant change first, then equivalence, then whether the run had enough power. */
export function decideVerdict(
  { delta, interval, p, detectable }: MeasuredChange,
  margin: number,
  level: number = SIGNIFICANCE_LEVEL,
): Exclude<Verdict, 'incomplete'> {
  const direction = findDirection({ delta, p }, level);
  if (direction !== 'none') return direction;
  if (interval[0] > -margin && interval[1] < margin) return 'equivalent';
  return detectable > margin ? 'underpowered' : 'no-evidence';
}

/**
 * The verdict that every completion of the missing answers has; `incomplete` if two could differ. `no-evidence`
 * and `underpowered` are one verdict here: `observed` decides between them.
 */
export function decideCertainVerdict(
  observed: MeasuredChange,
  { worst, best, bounds, isDrawn }: MissingAnswers,
  margin: number,
): Verdict {
  // The p-value of a change for the worse only grows from the worst completion to the best.
  const directions = new Set(
    [worst, best].flatMap((change) =>
      (isDrawn ? [-DRAWN_P_ERROR, DRAWN_P_ERROR] : [0]).map((error) =>
        findDirection(change, SIGNIFICANCE_LEVEL + error),
      ),
    ),
  );
  const [direction, ...others] = directions;
  if (direction === undefined || others.length > 0) return 'incomplete';
  if (direction !== 'none') return direction;
  const { low, high, width } = bounds;
  if (low[0] > -margin && high[1] < margin) return 'equivalent';
  if (low[1] > -margin && high[0] < margin && width < 2 * margin) return 'incomplete';
  const own = decideVerdict(observed, margin, 0);
  return own === 'equivalent' ? 'no-evidence' : own;
}

/** True if every completion of the missing answers is a regression, false if none is, else null. */
export function decideRegression({
  worst,
  best,
  isDrawn,
}: Pick<MissingAnswers, 'worst' | 'best' | 'isDrawn'>): boolean | null {
  const error = isDrawn && worst !== best ? DRAWN_P_ERROR : 0;
  if (findDirection(worst, SIGNIFICANCE_LEVEL + error) !== 'regression') return false;
  return findDirection(best, SIGNIFICANCE_LEVEL - error) === 'regression' ? true : null;
}

/** The direction of a significant change. */
function findDirection(
  { delta, p }: Pick<MeasuredChange, 'delta' | 'p'>,
  level: number,
): 'regression' | 'improvement' | 'none' {
  if (p >= level || delta === 0) return 'none';
  return delta < 0 ? 'regression' : 'improvement';
}
