import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeAcceptancePart, judgeAcceptance } from '#core/eval/report/acceptance.ts';
import type { CaseSummary, Summary } from '#core/eval/report/report.ts';
import type { Acceptance } from '#core/prompt/document.ts';
import { headerOf, planOf } from '../../../support/evals.ts';
import { PROMPT } from '../../../support/runs.ts';

const SUMMARY: Summary = {
  v: 1,
  run: headerOf(planOf(PROMPT)),
  end: 'done',
  durationMs: 1,
  totals: {
    passed: 42,
    failed: 6,
    errored: 2,
    skipped: 5,
    noChecks: 0,
    tokens: { input: 1, output: 1 },
    cost: 0,
    cachedShare: 0,
  },
  passRate: { value: 0.84, low: 0.71, high: 0.92 },
  latency: { p50: 300, p95: 900, p99: 1000 },
  callCost: { mean: 0.0011, max: 0.0024 },
  metrics: { tone: 0.7 + 0.2 - 1e-16 },
};

const caseOf = (
  id: string,
  passed: number,
  outcome: CaseSummary['outcome'] = 'passed',
): CaseSummary => ({
  id,
  tags: [],
  outcome,
  score: 1,
  repeats: 3,
  passed,
  flaky: 0,
});

test('each part of acceptance is held against the run', () => {
  const table: readonly (readonly [Acceptance, boolean | null, string])[] = [
    [{ passRate: 0.84 }, true, 'passRate is 84 %, required: at least 84 %'],
    [{ passRate: 0.9 }, false, 'passRate is 84 %, required: at least 90 %'],
    [{ errorRate: 0.04 }, true, 'errorRate is 4 %, required: at most 4 %'],
    [{ errorRate: 0.02 }, false, 'errorRate is 4 %, required: at most 2 %'],
    [{ p95LatencyMs: 800 }, false, 'p95LatencyMs is 900 ms, required: at most 800 ms'],
    [{ maxCostPerCall: 0.002 }, false, 'maxCostPerCall is $0.0024, required: at most $0.002'],
    [{ metrics: { tone: 0.9 } }, true, 'metrics.tone is 0.9, required: at least 0.9'],
    [{ metrics: { tome: 0.9 } }, false, 'metrics.tome was not measured, required: at least 0.9'],
  ];
  for (const [acceptance, met, text] of table) {
    const result = judgeAcceptance(acceptance, SUMMARY, [], new Set());
    assert.deepEqual(
      result?.parts.map((part) => [part.met, describeAcceptancePart(part)]),
      [[met, text]],
    );
    assert.equal(result?.met, met);
  }
});

test('what cannot be measured neither meets nor fails it', () => {
  const stored: Summary = { ...SUMMARY, latency: null, callCost: null };
  const result = judgeAcceptance({ p95LatencyMs: 1, maxCostPerCall: 1 }, stored, [], new Set());
  assert.deepEqual(
    result?.parts.map(({ met }) => met),
    [null, null],
  );
  assert.equal(result?.met, true);
  const nothing: Summary = { ...SUMMARY, passRate: null };
  assert.equal(judgeAcceptance({ passRate: 0.1 }, nothing, [], new Set())?.met, false);
});

test('a must case passes every time it is asked', () => {
  const cases = [caseOf('a', 3), caseOf('b', 2), caseOf('c', 0, 'skipped'), caseOf('d', 0)];
  const judged = (...ids: string[]) => judgeAcceptance(null, SUMMARY, cases, new Set(ids));
  assert.equal(judged('a', 'c', 'not run')?.met, true);
  const flaky = judged('a', 'b');
  assert.equal(flaky?.met, false);
  assert.deepEqual(flaky?.parts.filter(({ met }) => !met).map(describeAcceptancePart), [
    'required test b: 66.7 % of its repeats passed',
  ]);
  const unchecked = judgeAcceptance(null, SUMMARY, [caseOf('n', 0, 'no-checks')], new Set(['n']));
  assert.deepEqual(unchecked?.parts.map(describeAcceptancePart), [
    'required test n: it has no checks',
  ]);
  assert.equal(unchecked?.met, false);
});

test('a file that demands nothing is not judged', () => {
  assert.equal(judgeAcceptance(null, SUMMARY, [caseOf('a', 0)], new Set()), null);
  assert.equal(judgeAcceptance({}, SUMMARY, [], new Set()), null);
});
