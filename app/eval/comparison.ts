import {
  type Comparison,
  compareRuns,
  DEFAULT_MARGIN,
  type RunResults,
} from '#core/eval/compare/compare.ts';
import type { EarlyStop } from '#core/eval/compare/early-stop.ts';
import { UserError } from '#core/user-error.ts';
import type { EvalOutcome, EvalSession } from './session.ts';

/** Differences in pass rate below this count as the same, for this prompt. */
export function marginOf({ input }: EvalSession, asked?: number): number {
  return asked ?? input.settings.eval.margin ?? DEFAULT_MARGIN;
}

/** A run as `compareRuns` takes it. */
export function resultsOf({ summary, cases, log }: EvalOutcome): RunResults {
  const { run, totals } = summary;
  const cached = run.replay ? {} : { cachedShare: totals.cachedShare };
  return { run, cases, servedBy: [...log.servedBy], ...cached };
}

/**
 * Compares a run with its baseline and keeps the result with the run. None for a run that was cut off:
 * of that the rest could say the opposite. Throws UserError when they have nothing in common.
 */
export async function compareWith(
  base: RunResults,
  outcome: EvalOutcome,
  session: EvalSession,
  margin: number,
  stop?: EarlyStop,
): Promise<readonly Comparison[]> {
  if (outcome.summary.end !== 'done') return [];
  const looked = stop && { p: stop.p, stopped: outcome.summary.early !== undefined };
  const compared = compareRuns(base, resultsOf(outcome), {
    margin,
    ...(looked ? { looked } : {}),
  });
  if ('error' in compared) throw new UserError(`${session.path}: ${compared.error}.`);
  await session.store.saveSummary({ ...outcome.summary, ...comparisonOf(compared) });
  return compared;
}

/** One comparison, or a list of them where the run has several models. */
export function comparisonOf(
  comparisons: readonly Comparison[],
): { comparison?: Comparison } | { comparisons: readonly Comparison[] } {
  const [only] = comparisons;
  if (comparisons.length > 1) return { comparisons };
  return only ? { comparison: only } : {};
}
