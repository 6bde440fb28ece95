import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AcceptedFigures,
  describeAcceptancePart,
  judgeAcceptance,
} from '#core/eval/report/acceptance.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import type { Acceptance } from '#core/prompt/document.ts';

const FIGURES: AcceptedFigures = {
  passRate: { value: 0.84, low: 0.71, high: 0.92 },
  latency: { p50: 300, p95: 900, p99: 1000, firstToken: null },
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

const judge = (acceptance: Acceptance, figures: AcceptedFigures = FIGURES) =>
  judgeAcceptance(acceptance, figures, [], new Set());

test('each part of acceptance is held against the run', () => {
  const table: readonly (readonly [Acceptance, boolean | null, string])[] = [
    [{ passRate: 0.84 }, true, 'passRate is 84 %, required: at least 84 %'],
    [{ passRate: 0.9 }, false, 'passRate is 84 %, required: at least 90 %'],
    [{ p95LatencyMs: 800 }, false, 'p95LatencyMs is 900 ms, required: at most 800 ms'],
    [{ maxCostPerCall: 0.002 }, false, 'maxCostPerCall is $0.0024, required: at most $0.002'],
    [{ metrics: { tone: 0.9 } }, true, 'metrics.tone is 0.9, required: at least 0.9'],
    [{ metrics: { tome: 0.9 } }, false, 'metrics.tome was not measured, required: at least 0.9'],
  ];
  for (const [acceptance, met, text] of table) {
    const result = judge(acceptance);
    assert.deepEqual(
      result.parts.map((part) => [part.met, describeAcceptancePart(part)]),
      [[met, text]],
    );
    assert.equal(result.met, met);
    assert.ok(result.hasCriteria);
  }
});

test('what cannot be measured neither meets nor fails it', () => {
  const stored = { ...FIGURES, latency: null, callCost: null };
  const result = judge({ p95LatencyMs: 1, maxCostPerCall: 1 }, stored);
  assert.deepEqual(
    result.parts.map(({ met }) => met),
    [null, null],
  );
  assert.equal(result.met, true);
  assert.equal(judge({ passRate: 0.1 }, { ...FIGURES, passRate: null }).met, false);
});

const EXTREMES = { passRate: [0, 1], metrics: {}, p95: [0, null], unanswered: 1 } as const;

test('a criterion that missing answers could turn is undecided', () => {
  const figures: AcceptedFigures = {
    ...FIGURES,
    extremes: {
      passRate: [0.8, 0.9],
      metrics: { tone: [0.85, 0.95], derived: null },
      p95: [850, 950],
      unanswered: 1,
    },
  };
  const table: readonly (readonly [Acceptance, boolean | null])[] = [
    [{ passRate: 0.8 }, true],
    [{ passRate: 0.85 }, null],
    [{ passRate: 0.91 }, false],
    [{ metrics: { tone: 0.85 } }, true],
    [{ metrics: { tone: 0.9 } }, null],
    [{ metrics: { tone: 0.96 } }, false],
    [{ metrics: { derived: 0 } }, null],
    [{ p95LatencyMs: 950 }, true],
    [{ p95LatencyMs: 900 }, null],
    [{ p95LatencyMs: 849 }, false],
    [{ maxCostPerCall: 1 }, null],
    [{ maxCostPerCall: 0.002 }, false],
    [{ passRate: 0.91, maxCostPerCall: 1 }, false],
  ];
  for (const [acceptance, met] of table)
    assert.equal(judge(acceptance, figures).met, met, JSON.stringify(acceptance));
  const unlimited: AcceptedFigures = { ...figures, extremes: EXTREMES };
  assert.equal(judge({ p95LatencyMs: 1e9 }, unlimited).met, null);
  // Nothing else was measured: the missing answers alone decide.
  const bare: AcceptedFigures = { ...unlimited, latency: null, callCost: null, metrics: {} };
  for (const acceptance of [
    { p95LatencyMs: 1e9 },
    { maxCostPerCall: 1e9 },
    { metrics: { rare: 0.1 } },
  ])
    assert.equal(judge(acceptance, bare).met, null, JSON.stringify(acceptance));
  // Only scores are missing: costs are known.
  const answered = { ...unlimited, extremes: { ...EXTREMES, unanswered: 0 } };
  assert.equal(judge({ maxCostPerCall: 1 }, answered).met, true);
  const [part] = judge({ passRate: 0.85 }, figures).parts;
  assert.ok(part);
  assert.equal(
    describeAcceptancePart(part),
    'passRate is 84 %, required: at least 85 %; missing answers decide it',
  );
});

test('a must case passes every time it is asked', () => {
  const cases = [caseOf('a', 3), caseOf('b', 2), caseOf('c', 0, 'skipped'), caseOf('d', 3)];
  const judged = (...ids: string[]) =>
    judgeAcceptance({ passRate: 0 }, FIGURES, cases, new Set(ids));
  assert.equal(judged('a', 'c', 'not run').met, true);
  const flaky = judged('a', 'b');
  assert.equal(flaky.met, false);
  assert.deepEqual(
    flaky.parts.filter(({ met }) => !met).map((part) => describeAcceptancePart(part)),
    ['required test b: 66.7 % of its repeats passed'],
  );
  const must = (one: CaseSummary) =>
    judgeAcceptance({ passRate: 0 }, FIGURES, [one], new Set([one.id])).parts.slice(1);
  const [unchecked] = must(caseOf('n', 0, 'no-checks'));
  assert.ok(unchecked);
  assert.equal(describeAcceptancePart(unchecked), 'required test n: it has no checks');
  assert.equal(
    describeAcceptancePart(unchecked, new Map([['n', 'row 4 · Hello']])),
    'required test row 4 · Hello: it has no checks',
  );
  assert.equal(unchecked.met, false);
  const [open] = must({ ...caseOf('o', 2), repeats: 2, missing: 1 });
  assert.deepEqual([open?.met, open?.undecided], [null, true]);
  assert.equal(must({ ...caseOf('f', 1), repeats: 2, missing: 1 })[0]?.met, false, 'one failed');
});

test('without criteria every case has to pass', () => {
  const judged = (...cases: CaseSummary[]) => judgeAcceptance(null, FIGURES, cases, new Set());
  const all = judged(caseOf('a', 3), caseOf('s', 0, 'skipped'), caseOf('n', 0, 'no-checks'));
  assert.deepEqual([all.met, all.hasCriteria], [true, false]);
  const failed = judged(caseOf('a', 3), caseOf('b', 0, 'failed'));
  assert.equal(failed.met, false);
  assert.deepEqual(
    failed.parts.map((part) => describeAcceptancePart(part)),
    ['every case has to pass: 50 % of cases passed'],
  );
  const open = { ...caseOf('x', 0, 'errored'), repeats: 0, missing: 3 };
  assert.equal(judged(caseOf('a', 3), open).met, null);
  assert.equal(judged(caseOf('b', 0, 'failed'), open).met, false);
  assert.equal(judgeAcceptance({}, FIGURES, [caseOf('b', 0, 'failed')], new Set()).met, false);
});
