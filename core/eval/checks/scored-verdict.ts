import type { Evaluator } from '../../prompt/document.ts';
import type { CheckVerdict } from './check.ts';

/**
 * A verdict from a score of 0 to 1. It passes with at least the evaluator's `threshold` (which the engine
 * compares), or at least `usual` if there is none.
 */
export function scoredVerdict(
  score: number,
  { threshold }: Evaluator,
  usual: number,
  summary: string,
  expected?: string,
): CheckVerdict {
  // Rounding must not fail a score that equals the threshold.
  const passed = score >= usual - 1e-12;
  const detail = threshold === undefined && !passed ? `${summary}; required: ${usual}` : summary;
  return {
    kind: 'judged',
    score,
    passed,
    detail,
    ...(passed || expected === undefined ? {} : { expected }),
  };
}

/** Formats a score with two decimals. A score below 1 is never shown as 1.00. */
export function formatScore(score: number): string {
  return score < 1 && score > 0.994 ? '0.99' : score.toFixed(2);
}
