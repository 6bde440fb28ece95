import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OldSummary, upgradeSummary } from '#core/eval/report/upgrade-summary.ts';
import { headerOf, planOf } from '../../../support/evals.ts';
import { PROMPT } from '../../../support/runs.ts';

const caseOf = (id: string, outcome: string, passed: number) => ({
  ...{ id, tags: [], outcome, score: passed, repeats: 1, passed, flaky: null },
});

const OLD = {
  v: 1,
  run: headerOf(planOf(PROMPT)),
  end: 'done',
  durationMs: 5,
  totals: {
    ...{ passed: 8, failed: 0, errored: 16, skipped: 0, noChecks: 0 },
    ...{ tokens: { input: 10, output: 2 }, cost: 0.5, cachedShare: 0.25 },
  },
  passRate: { value: 1 / 3, low: 0.18, high: 0.53 },
  latency: { p50: 1, p95: 2, p99: 3 },
  callCost: { mean: 0.01, max: 0.02 },
  metrics: { tone: 1 },
} as unknown as OldSummary;

const cases = Array.from({ length: 24 }, (_, i) =>
  caseOf(`c${i}`, i < 8 ? 'passed' : 'errored', i < 8 ? 1 : 0),
) as unknown as NonNullable<OldSummary['cases']>;

test('a run of an older version is judged by what it holds: an error is no observation', () => {
  for (const old of [{ ...OLD, cases }, OLD]) {
    const { v, passRate, totals, latency, callCost, metrics, answers } = upgradeSummary(old);
    assert.equal(v, 2);
    assert.equal(passRate?.value, 1, 'every answered case passed');
    assert.deepEqual(totals.jobs, { asked: 24, answered: 8 });
    assert.deepEqual([totals.passed, totals.errored, totals.cost], [8, 16, 0.5]);
    assert.deepEqual(latency, { p50: 1, p95: 2, p99: 3, firstToken: null });
    assert.deepEqual([callCost, metrics], [OLD.callCost, { tone: 1 }]);
    assert.deepEqual([answers.model, answers.cache, answers.undated], [6, 2, 8]);
  }
});

test('what was read once is read the same again', () => {
  const once = upgradeSummary({ ...OLD, cases });
  assert.equal(once.cases[9]?.missing, 1);
  assert.deepEqual(once.cases[9]?.repeats, 0);
  const samples = upgradeSummary({ ...OLD, cases, run: { ...OLD.run, replay: true } });
  assert.equal(samples.answers.sample, 8, 'recorded or written by hand: the weaker one is assumed');
});
