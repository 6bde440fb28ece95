import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  decideCertainVerdict,
  decideRegression,
  type MeasuredChange,
  type MissingAnswers,
} from '#core/eval/compare/decide-verdict.ts';

const change = (delta: number, half: number, p: number, detectable = 0.1): MeasuredChange => ({
  delta,
  interval: [delta - half, delta + half],
  p,
  detectable,
});

/** The interval of every completion has its ends between those of `worst` and `best`. */
const missing = (
  worst: MeasuredChange,
  best: MeasuredChange,
  width = 0.08,
  isDrawn = false,
): MissingAnswers => ({
  worst,
  best,
  bounds: {
    low: [worst.interval[0], best.interval[0]],
    high: [worst.interval[1], best.interval[1]],
    width,
  },
  isDrawn,
});

const decide = (bounds: MissingAnswers, observed = bounds.worst) =>
  decideCertainVerdict(observed, bounds, 0.05);

test('one verdict at both extremes is the verdict, two are none', () => {
  const worse = change(-0.2, 0.1, 0.001);
  const better = change(0.2, 0.1, 0.001);
  const same = change(0, 0.04, 1);
  assert.equal(decide(missing(worse, worse)), 'regression');
  assert.equal(decide(missing(better, better)), 'improvement');
  assert.equal(decide(missing(same, same)), 'equivalent');
  assert.equal(decide(missing(worse, same)), 'incomplete');
  assert.equal(decide(missing(worse, better)), 'incomplete');
});

test('no evidence and underpowered are one verdict; the observed answers decide which', () => {
  const wide = change(-0.01, 0.2, 0.5);
  const [low, high] = [change(-0.02, 0.2, 0.4, 0.04), change(0.01, 0.2, 0.8, 0.3)];
  assert.equal(decide(missing(low, high, 0.4), wide), 'underpowered');
  assert.equal(decide(missing(low, high, 0.4), { ...wide, detectable: 0.01 }), 'no-evidence');
});

test('between two undecided extremes another completion could be equivalent', () => {
  const [low, high] = [change(-0.03, 0.04, 0.2), change(0.03, 0.04, 0.2)];
  assert.equal(decide(missing(low, high)), 'incomplete');
  assert.equal(decide(missing(low, high, 0.1)), 'underpowered', 'none is narrow enough');
  const outside = change(-0.02, 0.04, 0.2);
  assert.equal(decide(missing(low, outside)), 'underpowered', 'each reaches below the margin');
  const above = change(0.02, 0.04, 0.2);
  assert.equal(decide(missing(above, high)), 'underpowered', 'each reaches above the margin');
  // Both extremes are equivalent, one in between is not.
  const same = change(0, 0.04, 1);
  const { bounds, ...both } = missing(same, same);
  assert.equal(decide({ ...both, bounds: { ...bounds, low: [-0.06, -0.04] } }), 'incomplete');
  assert.equal(decide({ ...both, bounds: { ...bounds, high: [0.04, 0.06] } }), 'incomplete');
});

test('a p-value that is drawn decides only where its error does not matter', () => {
  const near = change(-0.1, 0.09, 0.047);
  assert.equal(decide(missing(near, near)), 'regression');
  assert.equal(decide(missing(near, near, 0.1, true)), 'incomplete');
  const far = change(-0.1, 0.05, 0.01);
  assert.equal(decide(missing(far, far, 0.1, true)), 'regression');
});

test('a regression is certain, excluded or open', () => {
  const worse = change(-0.2, 0.1, 0.001);
  const better = change(0.2, 0.1, 0.001);
  assert.equal(decideRegression(missing(worse, worse)), true);
  assert.equal(decideRegression(missing(worse, better)), null);
  assert.equal(decideRegression(missing(better, better)), false);
});
