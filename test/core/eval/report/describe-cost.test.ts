import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAnswerTokens, describeCost } from '#core/eval/report/describe-cost.ts';
import type { Summary } from '#core/eval/report/summary.ts';

const describe = (totals: object, run: object = {}, withEach = false) =>
  describeCost(
    {
      run: { replay: false, ...run },
      totals: { cost: 0.04, unknownCalls: 0, passed: 4, ...totals },
    } as unknown as Summary,
    withEach,
  );

test('the cost, with what was expected and what the provider charged', () => {
  assert.equal(describe({}), 'cost $0.04');
  assert.equal(describe({ cost: 0 }), 'cost $0');
  assert.equal(describe({}, { expectedCost: 0.05 }), 'cost $0.04, ≈ $0.05 expected');
  assert.equal(
    describe({ charged: 0.045 }, { expectedCost: 0.05 }),
    'cost $0.04, ≈ $0.05 expected, $0.045 charged by the provider',
  );
  assert.equal(
    describe({ judges: { calls: 3, cost: 0.01 } }, { expectedCost: 0.05 }),
    'cost $0.04 ($0.01 for judges), ≈ $0.05 expected',
  );
  assert.equal(
    describe({}, { expectedCost: 0.05 }, true),
    'cost $0.04, $0.01 per passed case, ≈ $0.05 expected',
  );
  for (const totals of [{ cost: null }, { cost: 0 }, { unknownCalls: 1 }, { passed: 0 }])
    assert.doesNotMatch(describe(totals, {}, true), /per passed case/);
  assert.equal(describe({}, { replay: true }), 'nothing spent (recordings)');
});

test('what is unknown is never $0', () => {
  assert.equal(describe({ cost: null }), 'cost unknown');
  assert.equal(describe({ unknownCalls: 4 }), 'cost ≥ $0.04 + 4 calls unknown');
  assert.equal(describe({ cost: 0, unknownCalls: 1 }), 'cost unknown (1 call broke off)');
});

test('answers without usage are never 0 tokens', () => {
  const tokens = (input: number, output: number, unknown: number, unknownCalls = 0) =>
    describeAnswerTokens({ tokens: { input, output, unknown }, unknownCalls });
  assert.equal(tokens(4684, 1993, 0), '4,684 tokens in, 1,993 out');
  assert.equal(tokens(0, 0, 0), '0 tokens in, 0 out');
  assert.equal(tokens(0, 0, 4), 'unknown tokens in and out');
  assert.equal(tokens(0, 0, 0, 8), 'unknown tokens in and out');
  assert.equal(tokens(120, 40, 1), '≥ 120 tokens in, ≥ 40 out + 1 answer unknown');
});
