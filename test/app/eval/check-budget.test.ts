import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBudget, startOfMonth } from '#app/eval/check-budget.ts';
import type { EvalEstimate } from '#app/eval/estimate-eval.ts';

const estimate: EvalEstimate = {
  isFree: false,
  calls: 10,
  cost: 1,
  highest: 2,
  unknownPrices: [],
  limit: null,
  confirmAbove: null,
};

test('the expected cost may reach the limit of the file and the budget of the month, not exceed them', () => {
  assert.equal(checkBudget({ ...estimate, limit: 1 }, { budget: 3, spent: 2 }), null);
  const overRun = checkBudget({ ...estimate, limit: 0.99 }, null);
  assert.equal(overRun?.code, 'run-limit');
  assert.match(overRun?.message ?? '', /about \$1\.00, over the limit of \$0\.99/);
  const overMonth = checkBudget(estimate, { budget: 3, spent: 2.01 });
  assert.equal(overMonth?.code, 'month-budget');
  assert.match(overMonth?.message ?? '', /spent \$2\.01 of this month's \$3\.00 budget/);
});

test('an unknown cost is refused only when the budget is spent; a free run never', () => {
  const unknown = { ...estimate, cost: null, limit: 0 };
  assert.equal(checkBudget(unknown, { budget: 3, spent: 3 }), null);
  const spent = checkBudget(unknown, { budget: 3, spent: 3.01 });
  assert.match(spent?.message ?? '', /an unknown amount/);
  assert.equal(checkBudget({ ...estimate, isFree: true, limit: 0 }, { budget: 0, spent: 9 }), null);
});

test('a month begins at midnight UTC', () => {
  assert.equal(startOfMonth(new Date('2026-11-30T23:59:59Z')), Date.parse('2026-11-01T00:00:00Z'));
  assert.equal(startOfMonth(new Date('2026-12-01T00:00:00Z')), Date.parse('2026-12-01T00:00:00Z'));
});
