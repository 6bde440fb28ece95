import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CasePair, metricChanges, tagChanges } from '#core/eval/compare/part-changes.ts';
import type { CaseSummary } from '#core/eval/report/report.ts';
import { randomWords } from '#core/eval/statistics/random-words.ts';
import { scoreChange } from '#core/eval/statistics/score-change.ts';
import { signFlip } from '#core/eval/statistics/sign-flip.ts';

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
  const found = tagChanges(cases, 1);
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
  const [tone, ...others] = metricChanges(cases, 1);
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
    p: signFlip([1, 1, 1, 1, 1], 1),
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

test('scores of an unchanged prompt raise no more than 5 % false alarms', () => {
  const random = randomWords(3);
  const score = (ease: number): number =>
    Math.min(1, Math.max(0, ease + (random.share() - 0.5) * 0.6));
  let [alarms, held] = [0, 0];
  const runs = 2_000;
  for (let i = 0; i < runs; i++) {
    const pairs = Array.from({ length: 30 }, () => {
      const ease = random.share();
      return { base: score(ease), candidate: score(ease) };
    });
    const differences = pairs.map(({ base, candidate }) => candidate - base);
    if (signFlip(differences, i, 500) < 0.05) alarms++;
    if (i >= 200) continue;
    const { interval } = scoreChange(pairs, i);
    if (interval && interval.low <= 0 && interval.high >= 0) held++;
  }
  // The standard error of 2,000 runs at .05 is half a point.
  assert.ok(alarms / runs <= 0.06, `false alarms ${alarms / runs}`);
  assert.ok(held / 200 >= 0.9, `held ${held / 200}`);
});
