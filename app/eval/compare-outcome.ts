import {
  type Comparison,
  compareRuns,
  DEFAULT_MARGIN,
  type RunResults,
} from '#core/eval/compare/compare.ts';
import type { EarlyStop } from '#core/eval/compare/early-stop.ts';
import { UserError } from '#core/user-error.ts';
import type { EvalOutcome } from './eval-event.ts';
import type { PreparedEval } from './prepare-eval.ts';

/** Smaller differences in pass rate are treated as equal, for this prompt; 0 to 1. */
export function chooseMargin({ input }: PreparedEval, given?: number): number {
  return given ?? input.settings.eval.margin ?? DEFAULT_MARGIN;
}

/** A run as `compareRuns` takes it. */
export function toRunResults({ summary, cases, log }: EvalOutcome): RunResults {
  const { run, totals } = summary;
  const cached = run.replay ? {} : { cachedShare: totals.cachedShare };
  return { run, cases, servedBy: [...log.servedBy], ...cached };
}

/** What an outcome is compared with, and how. */
export interface ComparisonBasis {
  readonly base: RunResults;
  /** 0 to 1 */
  readonly margin: number;
  /** The rule that could end the run early. */
  readonly stop?: EarlyStop | undefined;
}

/**
 * Compares a run with its baseline and stores the result with the run. Returns none for a run that was cut
 * off: its other cases could show the opposite. Throws UserError when the two have nothing in common.
 */
export async function compareOutcome(
  outcome: EvalOutcome,
  { base, margin, stop }: ComparisonBasis,
  { path, store }: Pick<PreparedEval, 'path' | 'store'>,
): Promise<readonly Comparison[]> {
  if (outcome.summary.end !== 'done') return [];
  const looked = stop && { p: stop.p, stopped: outcome.summary.early !== undefined };
  const compared = compareRuns(base, toRunResults(outcome), {
    margin,
    ...(looked ? { looked } : {}),
  });
  if ('error' in compared) throw new UserError(`${path}: ${compared.error}.`);
  await store.saveSummary({ ...outcome.summary, ...comparisonFields(compared) });
  return compared;
}

/** The fields of a summary: one comparison, or a list of them where the run has several models. */
export function comparisonFields(
  comparisons: readonly Comparison[],
): { comparison?: Comparison } | { comparisons: readonly Comparison[] } {
  const [only] = comparisons;
  if (comparisons.length > 1) return { comparisons };
  return only ? { comparison: only } : {};
}
