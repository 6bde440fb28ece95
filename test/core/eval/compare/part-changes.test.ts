import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CasePair } from '#core/eval/compare/pair-cases.ts';
import { compareMetrics, compareTags } from '#core/eval/compare/part-changes.ts';
import type { CaseSummary } from '#core/eval/report/summary.ts';
import { scoreChange } from '#core/eval/statistics/score-change.ts';
import { signFlipTest } from '#core/eval/statistics/sign-flip-test.ts';

function caseOf(more: Partial<CaseSummary>): CaseSummary {
  const passed = more.passed ?? 1;
  const outcome = passed === 1 ? 'passed' : 'failed';
  return { id: 'c', tags: [], outcome, score: passed, repeats: 1, passed, flaky: null, ...more };
}

function pairOf(was: Partial<CaseSummary>, is: Partial<CaseSummary>): CasePair {
  const [before, now] = [caseOf(was), caseOf(is)];
  return { before, now, pair: { base: before.passed, candidate: now.passed, repeats: 1 } };
}

test('tags of six and more cases are compared, their p adjusted together', () => {
  const cases: CasePair[] = [
    ...Array.from({ length: 8 }, () => pairOf({}, { tags: ['long', 'all'], passed: 0 })),
    ...Array.from({ length: 12 }, () => pairOf({}, { tags: ['short', 'all'] })),
    ...Array.from({ length: 5 }, () => pairOf({}, { tags: ['rare', 'all'], passed: 0 })),
  ];
  const found = compareTags(cases, 1);
  assert.deepEqual(
    found.map(({ name, cases: n, base, candidate, p, pAdjusted }) => [
      name,
      n,
      base,
      candidate,
      p.toFixed(5),
      pAdjusted.toFixed(6),
    ]),
    [
      ['long', 8, 1, 0, '0.00781', '0.015625'],
      ['short', 12, 1, 1, '1.00000', '1.000000'],
    ],
  );
  assert.equal(found[0]?.delta, -1);
});

test('metrics are compared where both runs have them', () => {
  const cases = Array.from({ length: 10 }, (_, i) =>
    pairOf(
      { metrics: { tone: 0.9, ...(i < 4 ? { old: 1 } : {}) } },
      { metrics: { tone: 0.5 + i / 100, new: 1 } },
    ),
  );
  const [tone, ...others] = compareMetrics(cases, 1);
  assert.deepEqual(others, []);
  assert.equal(tone?.cases, 10);
  assert.equal(tone?.p, 2 / 2 ** 10);
  assert.ok(Math.abs((tone?.delta ?? 0) + 0.355) < 1e-12);
  const [low, high] = tone?.interval ?? [0, 0];
  assert.ok(low < -0.355 && high > -0.355 && high < -0.3, `${low} ${high}`);
});

test('a score: p by sign-flip over groups, no interval from fewer than six changes', () => {
  const few = [
    ...Array.from({ length: 5 }, () => ({ base: 1, candidate: 0.5 })),
    { base: 1, candidate: 1 },
  ];
  assert.deepEqual(scoreChange(few, 1), {
    delta: -2.5 / 6,
    interval: null,
    p: signFlipTest([1, 1, 1, 1, 1], 1),
  });
  const grouped = Array.from({ length: 21 }, (_, i) => ({
    base: 0.8,
    candidate: 0.7,
    group: `g${i % 7}`,
  }));
  const found = scoreChange(grouped, 1);
  assert.equal(found.p, 2 / 2 ** 7);
  assert.ok(found.interval && Math.abs(found.interval.low + 0.1) < 1e-9);
});
