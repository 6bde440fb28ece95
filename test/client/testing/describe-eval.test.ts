import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type EvalEstimate, totalEstimate } from '#app/eval/estimate-eval.ts';
import { describeEstimate } from '#client/testing/describe-eval.ts';
import { EvalProgress } from '#client/testing/eval-progress.ts';

const estimate: EvalEstimate = {
  isFree: false,
  calls: 50,
  cost: 0.04,
  highest: 0.11,
  unknownPrices: [],
  limit: null,
  confirmAbove: null,
};

test('an estimate says calls and money, or that it is unknown', () => {
  assert.equal(describeEstimate(estimate), '50 calls, ≈ $0.04 (up to $0.11)');
  assert.equal(describeEstimate({ ...estimate, highest: 0.04 }), '50 calls, ≈ $0.04');
  assert.equal(
    describeEstimate({ ...estimate, calls: 1, cost: null, highest: null, unknownPrices: ['a/b'] }),
    '1 call, cost unknown (no price for a/b)',
  );
  assert.equal(describeEstimate({ ...estimate, isFree: true }), 'no calls, no cost');
});

test('several estimates add up; one unknown makes the sum unknown', () => {
  const unknown = { ...estimate, cost: null, highest: null, unknownPrices: ['a/b'] };
  const total = totalEstimate([
    { ...estimate, confirmAbove: 0.5 },
    { ...estimate, confirmAbove: 1 },
  ]);
  assert.equal(total.calls, 100);
  assert.equal(total.cost, 0.08);
  assert.equal(total.confirmAbove, 0.5, 'the most careful project is asked for');
  assert.equal(totalEstimate([estimate, unknown]).cost, null);
  assert.deepEqual(totalEstimate([estimate, unknown, unknown]).unknownPrices, ['a/b']);
  assert.equal(totalEstimate([estimate, { ...estimate, isFree: true }]).isFree, false);
});

test('progress tells how many are done, the money and the time left, not too often', () => {
  const said: string[] = [];
  const progress = new EvalProgress(10, 0, (text) => said.push(text));
  progress.add(0.01, 1000);
  progress.add(0.01, 1010);
  progress.add(null, 3000);
  for (let i = 0; i < 7; i++) progress.add(0.01, 3001);
  assert.deepEqual(said, [
    '1 of 10 · $0.01 · 9 s left',
    '3 of 10 · cost unknown · 7 s left',
    '10 of 10 · cost unknown',
  ]);
});
