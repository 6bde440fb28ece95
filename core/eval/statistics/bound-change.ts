import { tQuantile975, Z975 } from './distributions.ts';
import {
  bootstrapChange,
  countTurned,
  difference,
  groupPairs,
  isSingle,
  MIN_CHANGED,
  type Pair,
  sumDifferences,
} from './paired-change.ts';
import { bonettPriceInterval, type Interval } from './proportion-intervals.ts';
import { isSignFlipDrawn } from './sign-flip-test.ts';

/** Where the interval of a change lies, whatever the missing answers would have been. */
export interface IntervalBounds {
  readonly low: readonly [least: number, most: number];
  readonly high: readonly [least: number, most: number];
  /** No completion has a narrower interval. */
  readonly width: number;
}

/** What the draws of a bootstrap and its corrections add to a bound, as a share of the interval's width. */
const BOOTSTRAP_ERROR = 0.05;
/** The search for the narrowest interval settles within a few. */
const ROUNDS = 8;

/**
 * Bounds the interval of every set of pairs between `worst` and `best`: the same cases in the same order, each
 * with a difference from that of `worst` to that of `best`. The two alone do not bound it: an interval also
 * depends on the spread of the differences, and on how many there are. `quantile` is the normal quantile of the
 * intervals' upper ends.
 */
export function boundInterval(
  worst: readonly Pair[],
  best: readonly Pair[],
  seed: number,
  quantile: number = Z975,
): IntervalBounds {
  const [least, most] = [worst, best].map((pairs) => groupPairs(pairs).map(sumDifferences)) as [
    number[],
    number[],
  ];
  const count = (isChanged: (low: number, high: number) => boolean): number =>
    least.filter((low, i) => isChanged(low, most[i] ?? low)).length;
  const surelyChanged = count((low, high) => low > 0 || high < 0);
  const maybeChanged = count((low, high) => low !== 0 || high !== 0);
  const isClustered = least.length < worst.length;
  const isCounted = isSingle(worst) && !isClustered;
  const mean = (sums: readonly number[]): number => sums.reduce((a, b) => a + b, 0) / worst.length;
  const around = [mean(least), mean(most)] as const;
  const found: IntervalBounds[] = [];
  if (isCounted || surelyChanged < MIN_CHANGED)
    found.push(boundCounted(worst, best, around, quantile));
  if (!isCounted && maybeChanged >= MIN_CHANGED)
    found.push(
      isClustered
        ? boundClustered(worst, best, around, quantile)
        : boundBootstrap(worst, best, seed, quantile),
    );
  return joinBounds(found);
}

/** True if a p-value between these pairs may be drawn at random instead of computed. */
export function isPValueDrawn(worst: readonly Pair[], best: readonly Pair[]): boolean {
  const sums = [worst, best].map((pairs) => groupPairs(pairs).map(sumDifferences));
  return isSignFlipDrawn(sums.flat().filter((sum) => sum !== 0));
}

function boundCounted(
  worst: readonly Pair[],
  best: readonly Pair[],
  [least, most]: readonly [number, number],
  quantile: number,
): IntervalBounds {
  const units = groupPairs(worst);
  const [at, to] = [countTurned(units), countTurned(groupPairs(best))];
  const corners = [
    at,
    to,
    { worse: at.worse, better: to.better },
    { worse: to.worse, better: at.better },
  ]
    .filter(({ worse, better }) => worse + better <= units.length)
    .map(({ worse, better }) => bonettPriceInterval(worse, better, units.length, quantile));
  const { low, high, width } = joinBounds(corners.map(toBounds));
  return {
    low: [Math.min(low[0], least), Math.min(low[1], most)],
    high: [Math.max(high[0], least), Math.max(high[1], most)],
    width,
  };
}

/** Interval arithmetic over what each group adds to the clustered standard error. */
function boundClustered(
  worst: readonly Pair[],
  best: readonly Pair[],
  [least, most]: readonly [number, number],
  quantile: number,
): IntervalBounds {
  const [low, high] = [groupPairs(worst), groupPairs(best)];
  const n = worst.length;
  let [smallest, largest] = [0, 0];
  low.forEach((unit, i) => {
    const share = unit.length / n;
    const [own, ownMost] = [sumDifferences(unit), sumDifferences(high[i] ?? unit)];
    const from = own * (1 - share) - share * (most * n - ownMost);
    const to = ownMost * (1 - share) - share * (least * n - own);
    smallest += from <= 0 && to >= 0 ? 0 : Math.min(from ** 2, to ** 2);
    largest += Math.max(from ** 2, to ** 2);
  });
  const half = (squares: number): number =>
    (tQuantile975(low.length - 1, quantile) *
      Math.sqrt((squares * low.length) / (low.length - 1))) /
    n;
  const [narrow, wide] = [half(smallest), half(largest)];
  return {
    low: [Math.max(-1, least - wide), Math.max(-1, most - narrow)],
    high: [Math.min(1, least + narrow), Math.min(1, most + wide)],
    width: 2 * narrow,
  };
}

function boundBootstrap(
  worst: readonly Pair[],
  best: readonly Pair[],
  seed: number,
  quantile: number,
): IntervalBounds {
  const [least, most] = [worst.map(difference), best.map(difference)];
  const narrow = ([-1, 0, 1] as const).map((side) => findNarrow(least, most, side, quantile));
  const found = [least, most, ...narrow].map((differences) =>
    bootstrapChange(differences, worst, seed, quantile),
  );
  const { low, high, width } = joinBounds(found.map(toBounds));
  const error = BOOTSTRAP_ERROR * Math.max(...found.map((one) => one.high - one.low));
  return {
    low: [low[0] - error, low[1] + error],
    high: [high[0] - error, high[1] + error],
    // The narrowest is found less exactly.
    width: width - 3 * error,
  };
}

/**
 * The differences between two limits that give the interval mean ± z · standard error its highest lower end
 * (`side` 1), its lowest upper end (−1) or its least width (0). At the optimum a further step would add as
 * much spread as mean.
 */
function findNarrow(
  least: readonly number[],
  most: readonly number[],
  side: -1 | 0 | 1,
  z: number,
): number[] {
  const n = least.length;
  let differences = [...(side === 1 ? most : least)];
  for (let round = 0; round < ROUNDS; round++) {
    const mean = differences.reduce((a, b) => a + b, 0) / n;
    const squares = differences.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const target = mean + (side * Math.sqrt(squares)) / z;
    differences = least.map((low, i) => Math.min(Math.max(target, low), most[i] ?? low));
  }
  return differences;
}

function toBounds({ low, high }: Interval): IntervalBounds {
  return { low: [low, low], high: [high, high], width: high - low };
}

function joinBounds(bounds: readonly IntervalBounds[]): IntervalBounds {
  return {
    low: [
      Math.min(...bounds.map(({ low }) => low[0])),
      Math.max(...bounds.map(({ low }) => low[1])),
    ],
    high: [
      Math.min(...bounds.map(({ high }) => high[0])),
      Math.max(...bounds.map(({ high }) => high[1])),
    ],
    width: Math.min(...bounds.map(({ width }) => width)),
  };
}
