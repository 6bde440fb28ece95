import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meanJudgeCost, meanOutput } from '#core/eval/report/mean-output.ts';
import type { Summary } from '#core/eval/report/summary.ts';

const run = (outputs: Summary['outputs'], more: object = {}) =>
  ({
    run: { models: ['acme/a'], repeat: 1, replay: false },
    outputs,
    ...more,
  }) as unknown as Summary;

test('the model’s own answers count before those of others', () => {
  const runs = [
    run({ 'acme/b': { answers: 30, tokens: 3000 } }),
    run({ 'acme/a': { answers: 10, tokens: 200 } }),
  ];
  assert.equal(meanOutput(runs, 'acme/a'), 20);
  assert.equal(meanOutput(runs, 'acme/b'), 100);
  assert.equal(meanOutput(runs, 'acme/c'), 100);
  assert.equal(meanOutput(runs, null), 100);
});

test('a run of one case does not outvote the runs before it, and older ones are left out once there are enough answers', () => {
  const one = run({ 'acme/a': { answers: 1, tokens: 1000 } });
  const whole = run({ 'acme/a': { answers: 19, tokens: 190 } });
  const old = run({ 'acme/a': { answers: 500, tokens: 500_000 } });
  assert.equal(meanOutput([one, whole, old], 'acme/a'), (1000 + 190) / 20);
});

test('a run of an older version counts with its totals, where it had one model', () => {
  const totals = {
    passed: 3,
    failed: 1,
    noChecks: 0,
    errored: 2,
    tokens: { input: 1, output: 80 },
  };
  const old = (models: string[]) =>
    run(undefined, { totals, run: { models, repeat: 2, replay: false } });
  assert.equal(meanOutput([old(['acme/a'])], 'acme/a'), 10);
  assert.equal(meanOutput([old(['acme/a', 'acme/b'])], 'acme/a'), null);
});

test('no runs, recordings, unknown tokens and damaged files say nothing', () => {
  const outputs = { 'acme/a': { answers: 10, tokens: 200 } };
  const replay = run(outputs, { run: { models: ['acme/a'], repeat: 1, replay: true } });
  for (const runs of [
    [],
    [replay],
    [run({})],
    [run(undefined)],
    [run(undefined, { totals: {} })],
    [run({ 'acme/a': { answers: 1, tokens: 'many' } } as unknown as Summary['outputs'])],
    [run({ 'acme/a': { answers: 1, tokens: -5 } })],
  ])
    assert.equal(meanOutput(runs, 'acme/a'), null, JSON.stringify(runs));
  assert.equal(meanOutput([run({ 'acme/a': { answers: 2, tokens: 0 } })], 'acme/a'), 0);
});

test('judges cost the mean of earlier runs with the same default judge', () => {
  const judged = (calls: number, cost: number, judge?: string) =>
    run(
      {},
      { run: { models: ['acme/a'], replay: false, judge }, totals: { judges: { calls, cost } } },
    );
  assert.equal(meanJudgeCost([judged(10, 5), judged(10, 1)], undefined), 0.3);
  assert.equal(meanJudgeCost([judged(10, 5, 'acme/judge'), judged(10, 1)], 'acme/judge'), 0.5);
  assert.equal(meanJudgeCost([judged(10, 5)], 'acme/judge'), null);
  assert.equal(meanJudgeCost([run({}), run({}, { totals: {} })], undefined), null);
});
