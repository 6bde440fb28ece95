import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkBudget } from '#app/eval/check-budget.ts';
import type { EvalEstimate } from '#app/eval/estimate-eval.ts';
import type { MonthLimit } from '#app/eval/month-limits.ts';

const estimate: EvalEstimate = {
  isFree: false,
  calls: 10,
  cost: 1,
  highest: 2,
  unknownPrices: [],
  limit: null,
  confirmAbove: null,
};
const limitOf = (usd: number) => ({ usd, source: 'budget.maxCostPerRun' }) as const;
const month: MonthLimit = {
  usd: 3,
  scope: 'project',
  origin: 'project-file',
  source: 'budget.month in .promptsmith.yaml',
};

test('the expected cost may reach the limit of the run, not exceed it; what sets the limit is named', () => {
  assert.equal(checkBudget({ ...estimate, limit: limitOf(1) }, null), null);
  assert.deepEqual(checkBudget({ ...estimate, limit: limitOf(0.98) }, null), {
    code: 'run-limit',
    message: 'the run would cost ≈ $1.00, over the limit of $0.98 set by budget.maxCostPerRun',
  });
  assert.equal(checkBudget({ ...estimate, cost: null, limit: limitOf(0) }, null), null);
});

test('a budget of the month is reported with what is spent and what sets it', () => {
  assert.deepEqual(checkBudget(estimate, { limit: month, spent: 2.01 }), {
    code: 'month-budget',
    message:
      "the run would cost ≈ $1.00, and $2.01 of this month's $3.00 budget is spent (budget.month in .promptsmith.yaml)",
  });
  const editor = { ...month, origin: 'editor' } as const;
  const unknown = checkBudget({ ...estimate, cost: null }, { limit: editor, spent: 3.01 });
  assert.equal(unknown?.code, 'month-setting');
  assert.match(unknown?.message ?? '', /would cost an unknown amount, and \$3\.01/);
});

test('what calls nothing is never refused', () => {
  const exceeded = { limit: month, spent: 9 };
  assert.equal(checkBudget({ ...estimate, isFree: true, limit: limitOf(0) }, exceeded), null);
  assert.equal(checkBudget({ ...estimate, calls: 0, cost: 0 }, exceeded), null);
});
