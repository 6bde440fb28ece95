import { adjustComparisons } from '#core/eval/compare/adjust-comparisons.ts';
import { comparisonFields } from './compare-outcome.ts';
import type { FinishedEval } from './eval-event.ts';

/**
 * Several prompts compared with one baseline answer one question, which of them is better: their p-values
 * are adjusted together, and the adjusted verdicts are stored. `adjusted` contains those that changed.
 */
export async function judgeTogether(runs: readonly FinishedEval[]): Promise<{
  readonly finished: readonly FinishedEval[];
  readonly adjusted: readonly FinishedEval[];
}> {
  const finished = [...runs];
  const adjusted: FinishedEval[] = [];
  for (const base of new Set(runs.map(({ basePrompt }) => basePrompt))) {
    const family = runs.flatMap((run, at) =>
      base !== null && run.basePrompt === base && run.comparisons.length > 0 ? [{ run, at }] : [],
    );
    if (family.length < 2) continue;
    const verdicts = adjustComparisons(family.flatMap(({ run }) => run.comparisons));
    for (const { run, at } of family) {
      const comparisons = verdicts.splice(0, run.comparisons.length);
      finished[at] = { ...run, comparisons };
      adjusted.push({ ...run, comparisons });
      await run.prepared.store.saveSummary({
        ...run.outcome.summary,
        ...comparisonFields(comparisons),
      });
    }
  }
  return { finished, adjusted };
}
