import { evaluateExpression, parseExpression } from '../../expression.ts';
import type { Outcome, ScoreEvent } from '../run-event.ts';
import { computeFlakiness, passAtK, passHatK } from '../statistics/flakiness.ts';
import { combineOutcomes } from './combine-outcomes.ts';

/** The result of one repeat of a case. */
export type JobScore = Pick<ScoreEvent, 'score' | 'outcome'>;

/** The name of a metric and a score. */
export type MetricScore = readonly [string, number];

/** Summarizes the repeats of a case. `scores` must not be empty. */
export function summarizeRepeats(scores: readonly JobScore[]) {
  const missing = scores.filter(({ outcome }) => outcome === 'errored').length;
  const count = (outcome: Outcome) => scores.filter((s) => s.outcome === outcome).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const values = scores.flatMap((s) => (s.score === null ? [] : [s.score]));
  return {
    outcome: combineOutcomes(scores.map((s) => s.outcome)),
    score: values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length,
    repeats: scores.length - missing,
    passed,
    ...(missing > 0 ? { missing } : {}),
    flaky: computeFlakiness(passed, failed),
  };
}

/** Computes the mean of each metric. */
export function averageMetrics(
  jobs: Iterable<{ readonly metrics?: readonly MetricScore[] }>,
): Record<string, number> {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { metrics = [] } of jobs) {
    for (const [name, score] of metrics) {
      const { sum, n } = sums.get(name) ?? { sum: 0, n: 0 };
      sums.set(name, { sum: sum + score, n: n + 1 });
    }
  }
  return Object.fromEntries([...sums].map(([name, { sum, n }]) => [name, sum / n]));
}

/** Adds derived metrics. One whose metrics are missing, or that has no value, is left out. */
export function addDerivedMetrics(
  means: Readonly<Record<string, number>>,
  derived: Readonly<Record<string, string>> = {},
): Record<string, number> {
  const all = new Map(Object.entries(means));
  for (const [name, text] of Object.entries(derived)) {
    const expression = parseExpression(text);
    if ('error' in expression) continue;
    const value = evaluateExpression(expression, (of) => all.get(of));
    if (value !== null) all.set(name, value);
  }
  return Object.fromEntries(all);
}

/** pass@k and pass^k over the cases with `k` repeats, as planned; nothing for a single repeat. */
export function summarizeTries(
  cases: readonly { readonly passed: number; readonly repeats: number }[],
  k: number,
): { tries?: { k: number; any: number; all: number } } {
  const asked = cases.filter(({ repeats }) => repeats === k);
  if (k < 2 || asked.length === 0) return {};
  const mean = (chance: typeof passAtK): number =>
    asked.reduce((sum, one) => sum + (chance(one.passed, one.repeats, k) ?? 0), 0) / asked.length;
  return { tries: { k, any: mean(passAtK), all: mean(passHatK) } };
}
