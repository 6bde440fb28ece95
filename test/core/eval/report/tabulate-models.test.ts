import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelReport } from '#core/eval/report/rank-models.ts';
import { explainParetoMark, tabulateModels } from '#core/eval/report/tabulate-models.ts';

const MODEL: ModelReport = {
  model: 'a/one',
  cases: { passed: 9, failed: 1, errored: 0, skipped: 0, noChecks: 0 },
  jobs: { asked: 10, answered: 10 },
  passRate: { value: 0.9, low: 0.6, high: 0.98 },
  latency: { p50: 700, p95: 1_240, p99: 1_300, firstToken: null },
  callCost: { mean: 0.0012, max: 0.002 },
  passedCost: 0.0013,
  callTokens: null,
  metrics: {},
  answers: { model: 10, cache: 0, recording: 0, sample: 0, oldest: null, undated: 0 },
  conclusion: { kind: 'accepted' },
  comparison: null,
  isParetoOptimal: true,
};

test('a column that no model has is left out, a figure that one lacks is a dash', () => {
  const bare = {
    ...MODEL,
    model: 'a/two',
    callCost: null,
    passedCost: null,
    isParetoOptimal: null,
  };
  const { columns, rows } = tabulateModels([MODEL, bare]);
  assert.deepEqual(
    columns.map(({ heading }) => heading),
    [
      'Model',
      'Pass rate (95 % CI)',
      'Answered',
      'Cost per call',
      'per pass',
      'p50 / p95',
      'Result',
    ],
  );
  assert.deepEqual(rows, [
    ['a/one ★', '90 % (60–98)', '10 of 10', '$0.0012', '$0.0013', '700 ms / 1.2 s', 'accepted'],
    ['a/two', '90 % (60–98)', '10 of 10', '–', '–', '700 ms / 1.2 s', 'accepted'],
  ]);
});

test('how many answers there are is minor only where none is missing', () => {
  const isMinor = (models: readonly ModelReport[]) =>
    tabulateModels(models).columns.find(({ heading }) => heading === 'Answered')?.isMinor;
  assert.equal(isMinor([MODEL, MODEL]), true);
  assert.equal(isMinor([MODEL, { ...MODEL, jobs: { asked: 10, answered: 9 } }]), false);
});

test('the mark is explained only where it is used', () => {
  assert.match(explainParetoMark([MODEL]) ?? '', /^★ Pareto-optimal: /);
  assert.equal(explainParetoMark([{ ...MODEL, isParetoOptimal: false }]), null);
});
