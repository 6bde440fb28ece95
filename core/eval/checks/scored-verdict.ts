import type { Evaluator } from '../../prompt/document.ts';
import type { Verdict } from './check.ts';

/**
 * A verdict from a score of 0 to 1. It passes from the evaluator's own `threshold` on (which the engine
 * compares), else from `usual` on.
 */
export function scoredVerdict(
  score: number,
  { threshold }: Evaluator,
  usual: number,
  said: string,
  expected?: string,
): Verdict {
  // 2 of 3 is not quite .6667 times 1.
  const passed = score >= usual - 1e-12;
  const detail = threshold === undefined && !passed ? `${said}; ${usual} is asked for` : said;
  return {
    kind: 'judged',
    score,
    passed,
    detail,
    ...(passed || expected === undefined ? {} : { expected }),
  };
}

/** A score for a sentence: two decimals, never 1.00 below 1. */
export function formatScore(score: number): string {
  return score < 1 && score > 0.994 ? '0.99' : score.toFixed(2);
}
