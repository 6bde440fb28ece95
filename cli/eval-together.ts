import { comparisonOf } from '#app/eval/comparison.ts';
import { adjustComparisons, type Comparison } from '#core/eval/compare/compare.ts';
import type { Finished, Ready } from './eval-runs.ts';

/** A prompt's comparisons as part of several beside one baseline. */
export interface Beside {
  readonly path: string;
  readonly comparisons: readonly Comparison[];
}

/**
 * Several prompts beside one baseline answer one question, which of them is better: their p is adjusted
 * together, and their verdicts are kept so. `beside` is empty where there is nothing to adjust.
 */
export async function judgeTogether(
  runs: readonly Finished[],
  ready: readonly Ready[],
): Promise<{ finished: readonly Finished[]; beside: readonly Beside[] }> {
  const finished = [...runs];
  const beside: Beside[] = [];
  for (const base of new Set(runs.map(({ basePrompt }) => basePrompt))) {
    const family = runs.flatMap((run, at) =>
      base !== null && run.basePrompt === base && run.comparisons.length > 0 ? [at] : [],
    );
    if (family.length < 2) continue;
    const adjusted = adjustComparisons(family.flatMap((at) => runs[at]?.comparisons ?? []));
    for (const at of family) {
      const [run, session] = [runs[at], ready[at]?.session];
      if (!run || !session) continue;
      const comparisons = adjusted.splice(0, run.comparisons.length);
      finished[at] = { ...run, comparisons };
      beside.push({ path: session.path, comparisons });
      await session.store.saveSummary({ ...run.summary, ...comparisonOf(comparisons) });
    }
  }
  return { finished, beside };
}
