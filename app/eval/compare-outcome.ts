import { compareModels, compareRuns } from '#core/eval/compare/compare.ts';
import { type Comparison, DEFAULT_MARGIN, type RunResults } from '#core/eval/compare/comparison.ts';
import type { EarlyStop } from '#core/eval/compare/early-stop.ts';
import { UserError } from '#core/user-error.ts';
import type { EvalOutcome, FinishedEval } from './eval-event.ts';
import type { PreparedEval } from './prepare-eval.ts';

/** Smaller differences in pass rate are treated as equal, for this prompt; 0 to 1. */
export function chooseMargin({ input }: PreparedEval, given?: number): number {
  return given ?? input.settings.eval.margin ?? DEFAULT_MARGIN;
}

/** What an outcome is compared with, and how. */
export interface ComparisonBasis {
  /** Null: without a baseline, the models of the run are compared with the first of them. */
  readonly base: RunResults | null;
  /** What the base is called. */
  readonly baseName?: string | undefined;
  /** 0 to 1 */
  readonly margin: number;
  /** The rule that could end the run early. */
  readonly stop?: EarlyStop | undefined;
}

/**
 * Compares a run with its baseline and stores the result with the run. Compares nothing in a run that was
 * cut off: its other cases could show the opposite. Throws UserError when the two have nothing in common.
 */
export async function compareOutcome(
  { summary, results }: EvalOutcome,
  { base, baseName, margin, stop }: ComparisonBasis,
  { path, store }: Pick<PreparedEval, 'path' | 'store'>,
): Promise<Pick<FinishedEval, 'comparisons' | 'models' | 'basePrompt'>> {
  const basePrompt = base?.run.promptId ?? null;
  if (summary.end !== 'done') return { comparisons: [], models: [], basePrompt };
  const models = compareModels(results, { margin });
  if (!base) return { comparisons: [], models, basePrompt };
  const looked = stop && { p: stop.p, stopped: summary.early !== undefined };
  const compared = compareRuns(base, results, { margin, ...(looked ? { looked } : {}) });
  if ('error' in compared) throw new UserError(`${path}: ${compared.error}.`);
  const comparisons =
    baseName === undefined ? compared : compared.map((one) => ({ ...one, baseName }));
  await store.saveSummary({ ...summary, ...comparisonFields(comparisons) });
  return { comparisons, models, basePrompt };
}

/** The fields of a summary: one comparison, or a list of them where the run has several models. */
export function comparisonFields(
  comparisons: readonly Comparison[],
): { comparison?: Comparison } | { comparisons: readonly Comparison[] } {
  const [only] = comparisons;
  if (comparisons.length > 1) return { comparisons };
  return only ? { comparison: only } : {};
}
