import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvalEstimate } from '#app/eval/estimate-eval.ts';
import { areCheap, askAboutCost } from '#client/testing/cost-question.ts';

const estimate: EvalEstimate = {
  isFree: false,
  calls: 50,
  cost: 0.1,
  highest: 0.2,
  unknownPrices: [],
  limit: null,
  confirmAbove: null,
};
const unknown = { ...estimate, cost: null, highest: null, unknownPrices: ['a/b', 'c/d'] };

test('a run is confirmed above the threshold, not at it', () => {
  assert.equal(askAboutCost(estimate, 0.1, []), 'none');
  assert.equal(askAboutCost(estimate, 0.09, []), 'over-threshold');
  assert.equal(askAboutCost({ ...estimate, isFree: true }, 0, []), 'none');
});

test('an unknown cost is confirmed until every model is accepted', () => {
  assert.equal(askAboutCost(unknown, 100, []), 'unknown-cost');
  assert.equal(askAboutCost(unknown, 100, ['a/b']), 'unknown-cost');
  assert.equal(askAboutCost(unknown, 0, ['c/d', 'a/b']), 'none');
});

test('only evals whose cost is known and within the limit are cheap', () => {
  assert.equal(areCheap([estimate, { ...estimate, cost: 0.02 }], 0.1), true);
  assert.equal(areCheap([estimate, { ...estimate, cost: 0.11 }], 0.1), false);
  assert.equal(areCheap([unknown], 1000), false);
  assert.equal(areCheap([{ ...unknown, isFree: true }], 0), true);
});
