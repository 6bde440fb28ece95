import type { EvalEstimate } from '#app/eval/estimate-eval.ts';

/** Whether evals are confirmed before they cost money, and why. */
export type CostQuestion = 'none' | 'over-threshold' | 'unknown-cost';

/**
 * What is asked before evals run: nothing when they are free or cost at most `threshold` (USD), and nothing
 * where the user accepted before that the price of each model is unknown.
 */
export function askAboutCost(
  { isFree, cost, unknownPrices }: EvalEstimate,
  threshold: number,
  acceptedModels: readonly string[],
): CostQuestion {
  if (isFree) return 'none';
  if (cost !== null) return cost <= threshold ? 'none' : 'over-threshold';
  const isAccepted = unknownPrices.every((model) => acceptedModels.includes(model));
  return isAccepted ? 'none' : 'unknown-cost';
}

/** Whether each of these evals is known to cost at most `limit`, USD. */
export function areCheap(estimates: readonly EvalEstimate[], limit: number): boolean {
  return estimates.every(({ isFree, cost }) => isFree || (cost !== null && cost <= limit));
}
