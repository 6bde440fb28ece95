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

/** The change if every missing answer were at its worst, at its best, and like that of the other run. */
export interface MissingAnswers {
  readonly worst: MeasuredChange;
  readonly best: MeasuredChange;
  readonly even: MeasuredChange;
  /** The tests draw at random, so that p and the interval are known only up to an error. */
  readonly isDrawn: boolean;
}

/** Three standard errors of a p-value near the level of significance, from 10,000 draws. */
const DRAWN_P_ERROR = 0.007;
/** The error of an interval's bound from a bootstrap, as a share of the margin. */
const DRAWN_BOUND_ERROR = 0.05;

/** Decides the verdict: a significant change first, then equivalence, then whether the run had enough power. */
export function decideVerdict(
  { delta, interval, p, detectable }: MeasuredChange,
  margin: number,
  level: number = SIGNIFICANCE_LEVEL,
): Exclude<Verdict, 'incomplete'> {
  if (p < level && delta < 0) return 'regression';
  if (p < level && delta > 0) return 'improvement';
  if (interval[0] > -margin && interval[1] < margin) return 'equivalent';
  return detectable > margin ? 'underpowered' : 'no-evidence';
}

/**
 * The verdict that every completion of the missing answers has; `incomplete` if two could differ. `no-evidence`
 * and `underpowered` are one verdict here: `observed` decides between them.
 */
export function decideCertainVerdict(
  observed: MeasuredChange,
  { worst, best, even, isDrawn }: MissingAnswers,
  margin: number,
): Verdict {
  const errors = isDrawn ? [-1, 1] : [0];
  const found = new Set(
    [worst, best, even].flatMap((change) =>
      errors.map((sign) => {
        const level = SIGNIFICANCE_LEVEL + sign * DRAWN_P_ERROR;
        const bound = margin * (1 + sign * DRAWN_BOUND_ERROR);
        return joinUndecided(decideVerdict(change, bound, level));
      }),
    ),
  );
  const [verdict, ...others] = found;
  if (verdict === undefined || others.length > 0) return 'incomplete';
  if (verdict !== 'no-evidence') return verdict;
  // Between the extremes another completion could be equivalent: unless even the narrowest interval is too
  // wide, or one bound is outside the margin in every completion.
  const isTooWide = even.interval[1] - even.interval[0] >= 2 * margin;
  const isOutside = best.interval[0] <= -margin || worst.interval[1] >= margin;
  if (!isTooWide && !isOutside) return 'incomplete';
  const own = joinUndecided(decideVerdict(observed, margin));
  return own === 'no-evidence' ? decideVerdict(observed, margin, 0) : 'no-evidence';
}

/** True if every completion of the missing answers is a regression, false if none is, else null. */
export function decideRegression(
  { worst, best, isDrawn }: Omit<MissingAnswers, 'even'>,
  margin: number,
): boolean | null {
  const error = isDrawn && worst !== best ? DRAWN_P_ERROR : 0;
  const isRegression = (change: MeasuredChange, level: number): boolean =>
    decideVerdict(change, margin, level) === 'regression';
  if (!isRegression(worst, SIGNIFICANCE_LEVEL + error)) return false;
  return isRegression(best, SIGNIFICANCE_LEVEL - error) ? true : null;
}

function joinUndecided(verdict: Verdict): Verdict {
  return verdict === 'underpowered' ? 'no-evidence' : verdict;
}
