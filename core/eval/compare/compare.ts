import type { RunHeader } from '../run-event.ts';
import { adjustComparisons } from './adjust-comparisons.ts';
import { compareModel } from './compare-model.ts';
import {
  type CompareOptions,
  type Comparison,
  DEFAULT_MARGIN,
  type RunResults,
} from './comparison.ts';
import { findDifferences, type RunMade } from './differences.ts';
import { listAsked } from './pair-cases.ts';

/**
 * Compares a run with a baseline: one comparison for each model of the candidate, or why there is none. A
 * model is compared with itself in the baseline, or with the baseline's only model.
 */
export function compareRuns(
  base: RunResults,
  candidate: RunResults,
  { margin = DEFAULT_MARGIN, seed = candidate.run.seed, confidence, looked }: CompareOptions = {},
): Comparison[] | { readonly error: string } {
  if (base.run.id === candidate.run.id) return { error: `${base.run.id} is this run itself` };
  if (base.run.hashes.checks !== candidate.run.hashes.checks)
    return {
      error: `the evaluators have changed since ${base.run.id}, so the verdicts are not comparable`,
    };
  if (!sharesInterface(base.run, candidate.run))
    return { error: `only one of this run and ${base.run.id} used ${VSCODE_MODELS}` };
  const found: Comparison[] = [];
  for (const model of candidate.run.models) {
    const other = base.run.models.length === 1 ? base.run.models[0] : model;
    if (other === undefined || !base.run.models.includes(other)) continue;
    const compared = compareModel(
      listAsked(base.cases, other, base.run.models[0]),
      listAsked(candidate.cases, model, candidate.run.models[0]),
      { margin, seed, confidence, looked },
    );
    if (!compared) continue;
    found.push({
      base: base.run.id,
      ...(looked?.stopped ? { stoppedOf: candidate.run.cases } : {}),
      ...(candidate.run.models.length > 1 ? { model } : {}),
      ...compared,
      ...(candidate.cachedShare ? { cachedShare: candidate.cachedShare } : {}),
      differs: findDifferences(describeMade(base, other), describeMade(candidate, model)),
    });
  }
  if (found.length === 0)
    return { error: `${base.run.id} has no judged case and model in common with this run` };
  // Candidates have no say in what the first model is.
  const isOwn = ({ model }: Comparison): boolean =>
    model === undefined || model === candidate.run.models[0];
  return [
    ...found.filter(isOwn),
    ...adjustComparisons(found.filter((comparison) => !isOwn(comparison))),
  ];
}

function describeMade({ run, servedBy = [], results }: RunResults, model: string): RunMade {
  const result = results?.find((one) => one.model === model);
  const connection = run.connections?.[model];
  return {
    ...run,
    models: [model],
    servedBy,
    ...(connection ? { connection } : {}),
    ...(result ? { changes: result.changes ?? [] } : {}),
  };
}

/** Compares the models of a run with its first model on the same cases; empty for a single model. */
export function compareModels(
  { run, cases }: RunResults,
  { margin = DEFAULT_MARGIN, seed = run.seed }: CompareOptions = {},
): Comparison[] {
  const [first, ...others] = run.models;
  if (first === undefined) return [];
  const base = listAsked(cases, first, first);
  return adjustComparisons(
    others.flatMap((model): Comparison[] => {
      const compared = compareModel(base, listAsked(cases, model, first), { margin, seed });
      const differs = [{ what: 'model', base: first, candidate: model }] as const;
      return compared ? [{ base: run.id, baseModel: first, model, ...compared, differs }] : [];
    }),
  );
}

/** What messages call models that an editor provides. Their origin is a word and a colon, not an address. */
export const VSCODE_MODELS =
  'models provided by VS Code, which support neither a system role nor parameters; such runs are only comparable with each other';

/** False if only one of the runs used models that an editor provides. */
export function sharesInterface(
  one: Pick<RunHeader, 'origins'>,
  other: Pick<RunHeader, 'origins'>,
): boolean {
  const kinds = ({ origins }: Pick<RunHeader, 'origins'>) =>
    [...new Set(origins.map((origin) => origin.endsWith(':')))].sort().join();
  return kinds(one) === kinds(other);
}
