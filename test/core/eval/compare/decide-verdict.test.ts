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

const missing = (
  worst: MeasuredChange,
  best: MeasuredChange,
  even = change(0, 0.04, 1),
  isDrawn = false,
): MissingAnswers => ({ worst, best, even, isDrawn });

const decide = (bounds: MissingAnswers, observed = bounds.even) =>
  decideCertainVerdict(observed, bounds, 0.05);

test('one verdict at both extremes is the verdict, two are none', () => {
  const worse = change(-0.2, 0.1, 0.001);
  const better = change(0.2, 0.1, 0.001);
  const same = change(0, 0.04, 1);
  assert.equal(decide(missing(worse, worse, worse)), 'regression');
  assert.equal(decide(missing(better, better, better)), 'improvement');
  assert.equal(decide(missing(same, same, same)), 'equivalent');
  assert.equal(decide(missing(worse, same, same)), 'incomplete');
  assert.equal(decide(missing(worse, better)), 'incomplete');
});

test('no evidence and underpowered are one verdict; the observed answers decide which', () => {
  const wide = change(-0.01, 0.2, 0.5);
  const [low, high] = [change(-0.02, 0.2, 0.4, 0.04), change(0.01, 0.2, 0.8, 0.3)];
  assert.equal(decide(missing(low, high, wide), wide), 'underpowered');
  assert.equal(decide(missing(low, high, wide), { ...wide, detectable: 0.01 }), 'no-evidence');
});

test('between two undecided extremes another completion could be equivalent', () => {
  const [low, high] = [change(-0.03, 0.04, 0.2), change(0.03, 0.04, 0.2)];
  const narrow = change(-0.012, 0.045, 0.7);
  assert.equal(decide(missing(low, high, narrow)), 'incomplete');
  const outside = change(-0.02, 0.04, 0.2);
  assert.equal(
    decide(missing(low, outside, narrow)),
    'no-evidence'.replace('no-evidence', 'underpowered'),
  );
});

test('a p-value that is drawn decides only where its error does not matter', () => {
  const near = change(-0.1, 0.09, 0.047);
  assert.equal(decide(missing(near, near, near)), 'regression');
  assert.equal(decide(missing(near, near, near, true)), 'incomplete');
  const far = change(-0.1, 0.05, 0.01);
  assert.equal(decide(missing(far, far, far, true)), 'regression');
});

test('a regression is certain, excluded or open', () => {
  const worse = change(-0.2, 0.1, 0.001);
  const better = change(0.2, 0.1, 0.001);
  assert.equal(decideRegression(missing(worse, worse), 0.05), true);
  assert.equal(decideRegression(missing(worse, better), 0.05), null);
  assert.equal(decideRegression(missing(better, better), 0.05), false);
});
