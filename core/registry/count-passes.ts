import { assessRun, findResult } from '../eval/report/assess-run.ts';
import { MAX_ERROR_RATE } from '../eval/report/conclude-run.ts';
import type { AttachedEval } from './registry.ts';

/** Counts the passed cases of a version's newest attached run that is whole and conclusive; null if it has none. */
export function countPasses(
  evals: readonly AttachedEval[],
): { readonly passed: number; readonly checked: number } | null {
  const fit = evals.filter((run) => {
    const demand = { maxErrorRate: MAX_ERROR_RATE, model: run.run.model ?? null };
    return assessRun('result', run, demand).length === 0;
  });
  const newest = fit.toSorted((a, b) => (a.run.at < b.run.at ? 1 : -1))[0];
  const result = newest && findResult(newest, newest.run.model);
  if (!result) return null;
  const { passed, failed } = result.cases;
  return { passed, checked: passed + failed };
}
