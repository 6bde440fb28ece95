import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEventCost } from '#core/eval/report/event-cost.ts';
import type { AnswerEvent, RunEvent } from '#core/eval/run-event.ts';
import { answerOf } from '#test/support/evals.ts';

const answered = (change: Partial<AnswerEvent>): RunEvent => ({
  t: 'answer',
  job: 'a',
  answer: answerOf('x'),
  cached: false,
  attempts: 1,
  cost: 2,
  at: '',
  ...change,
});
const charged = (usd: number) => answerOf('x', { usage: { input: 1, output: 1, charged: usd } });

test('an answer costs our figure, or what the provider charged where that is more', () => {
  assert.deepEqual(readEventCost(answered({})), { calls: 1, usd: 2, unknown: 0 });
  assert.equal(readEventCost(answered({ answer: charged(3) })).usd, 3);
  assert.equal(readEventCost(answered({ answer: charged(1) })).usd, 2);
  assert.deepEqual(readEventCost(answered({ cost: null, answer: charged(3), attempts: 2 })), {
    calls: 2,
    usd: 3,
    unknown: 0,
  });
  assert.deepEqual(readEventCost(answered({ cost: null })), { calls: 1, usd: 0, unknown: 1 });
});

test('what was not called for costs nothing', () => {
  const nothing = { calls: 0, usd: 0, unknown: 0 };
  assert.deepEqual(readEventCost(answered({ cached: true })), nothing);
  assert.deepEqual(readEventCost(answered({ attempts: 0, cost: 0 })), nothing);
  assert.deepEqual(readEventCost({ t: 'end', reason: 'done', at: '' }), nothing);
});

test('judges cost what their results say; other evaluators are no calls', () => {
  const result = (cost: number | null) =>
    ({ name: 'a', kind: 'b', score: 1, passed: true, weight: 1, detail: '', cost }) as const;
  const event: RunEvent = {
    t: 'score',
    job: 'a',
    results: [result(0), result(0.5), result(null), result(0.25)],
    score: 1,
    outcome: 'passed',
  };
  assert.deepEqual(readEventCost(event), { calls: 3, usd: 0.75, unknown: 1 });
});
