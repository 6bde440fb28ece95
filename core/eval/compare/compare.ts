import type { CaseSummary } from '../report/report.ts';
import { isChecked } from '../report/slices.ts';
import type { RunHeader } from '../run-event.ts';
import { holmAdjust } from '../statistics/holm-adjust.ts';
import { type Pair, pairedChange } from '../statistics/paired-change.ts';
import { combinePValues } from '../statistics/sequential-test.ts';
import { type Difference, findDifferences } from './differences.ts';
import { compareMetrics, compareTags, type PartChange } from './part-changes.ts';

/** A finished run and the results of its cases. */
export interface RunResults {
  readonly run: RunHeader;
  readonly cases: readonly CaseSummary[];
  readonly servedBy?: readonly string[];
  /** Share of its answers that came from the cache. */
  readonly cachedShare?: number;
}

export type Verdict = 'regression' | 'improvement' | 'equivalent' | 'underpowered' | 'no-evidence';

/** Two runs compared case by case. Pass rates are shares; their differences are from −1 to 1. */
export interface Comparison {
  /** The id of the baseline run. */
  readonly base: string;
  /** Only for a comparison of two models of one run: the baseline model. */
  readonly baseModel?: string;
  /** Only if the candidate has several models. */
  readonly model?: string;
  /** The number of cases in both runs; only these are compared. */
  readonly cases: number;
  /** Cases (with a verdict) that only one of the runs has. */
  readonly leftOut: { readonly base: readonly string[]; readonly candidate: readonly string[] };
  readonly toFailed: readonly string[];
  readonly toPassed: readonly string[];
  /** Compared cases that errored, which count as not passed. */
  readonly errored: { readonly base: number; readonly candidate: number };
  readonly passRates: { readonly base: number; readonly candidate: number };
  readonly delta: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  /** Adjusted by Holm's method, over several models or several prompts with one baseline. */
  readonly pAdjusted?: number;
  /** The minimum detectable change with 80 % power. */
  readonly detectable: number;
  readonly margin: number;
  readonly nonInferior: boolean;
  readonly verdict: Verdict;
  /** The number of cases, or groups, whose share of passes changed. */
  readonly changed: number;
  /** The number of independent groups; only if cases share a `$case.group`. */
  readonly groups?: number;
  /** Only for a candidate that was stopped early: its planned number of cases. */
  readonly stoppedOf?: number;
  /** Share of the candidate's answers that came from the cache, if any. */
  readonly cachedShare?: number;
  /** Other differences between the runs. */
  readonly differs: readonly Difference[];
  /** Pass rates by tag, and mean scores by metric, if there are any. */
  readonly tags?: readonly PartChange[];
  readonly metrics?: readonly PartChange[];
}

/** The default margin of equivalence: five percentage points. */
export const DEFAULT_MARGIN = 0.05;

/** A change with a smaller p-value is significant. */
export const SIGNIFICANCE_LEVEL = 0.05;

export interface CompareOptions {
  readonly margin?: number;
  /** Only for a run that could stop early: the p-value of its sequential test, and whether it stopped. */
  readonly looked?: { readonly p: number; readonly stopped: boolean };
  readonly seed?: number;
}

/**
 * Compares a run with a baseline: one comparison for each model of the candidate, or why there is none. A
 * model is compared with itself in the baseline, or with the baseline's only model.
 */
export function compareRuns(
  base: RunResults,
  candidate: RunResults,
  { margin = DEFAULT_MARGIN, seed = candidate.run.seed, looked }: CompareOptions = {},
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
      checkedCases(base, other),
      checkedCases(candidate, model),
      margin,
      seed,
      looked,
    );
    if (!compared) continue;
    found.push({
      base: base.run.id,
      ...(looked?.stopped ? { stoppedOf: candidate.run.cases } : {}),
      ...(candidate.run.models.length > 1 ? { model } : {}),
      ...compared,
      ...(candidate.cachedShare ? { cachedShare: candidate.cachedShare } : {}),
      differs: findDifferences(
        { ...base.run, models: [other], servedBy: base.servedBy ?? [] },
        { ...candidate.run, models: [model], servedBy: candidate.servedBy ?? [] },
      ),
    });
  }
  if (found.length === 0)
    return { error: `${base.run.id} has no judged case and model in common with this run` };
  return adjustComparisons(found);
}

/** Compares the models of a run with its first model on the same cases; empty for a single model. */
export function compareModels(
  { run, cases }: RunResults,
  { margin = DEFAULT_MARGIN, seed = run.seed }: CompareOptions = {},
): Comparison[] {
  const [first, ...others] = run.models;
  if (first === undefined) return [];
  const base = checkedCases({ run, cases }, first);
  return adjustComparisons(
    others.flatMap((model): Comparison[] => {
      const compared = compareModel(base, checkedCases({ run, cases }, model), margin, seed);
      const differs = [{ what: 'model', base: first, candidate: model }] as const;
      return compared ? [{ base: run.id, baseModel: first, model, ...compared, differs }] : [];
    }),
  );
}

/** Adjusts the p-values and verdicts of several comparisons by Holm's method. */
export function adjustComparisons(found: readonly Comparison[]): Comparison[] {
  if (found.length < 2) return [...found];
  const adjusted = holmAdjust(found.map(({ p }) => p));
  return found.map((one, i) => {
    const pAdjusted = adjusted[i] ?? one.p;
    return { ...one, pAdjusted, verdict: decideVerdict({ ...one, pAdjusted }) };
  });
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

/** Decides the verdict: a significant change first, then equivalence, then whether the run had enough power. */
export function decideVerdict(
  found: Pick<Comparison, 'p' | 'pAdjusted' | 'delta' | 'interval' | 'margin' | 'detectable'>,
): Verdict {
  const { delta, interval, margin, detectable } = found;
  const p = found.pAdjusted ?? found.p;
  if (p < SIGNIFICANCE_LEVEL && delta < 0) return 'regression';
  if (p < SIGNIFICANCE_LEVEL && delta > 0) return 'improvement';
  if (interval[0] > -margin && interval[1] < margin) return 'equivalent';
  return detectable > margin ? 'underpowered' : 'no-evidence';
}

function compareModel(
  base: ReadonlyMap<string, CaseSummary>,
  candidate: ReadonlyMap<string, CaseSummary>,
  margin: number,
  seed: number,
  looked?: CompareOptions['looked'],
): Omit<Comparison, 'base' | 'model' | 'differs'> | null {
  const both = [...candidate.values()].flatMap((now) => {
    const before = base.get(now.id);
    return before ? [{ before, now, pair: pairCase(before, now) }] : [];
  });
  if (both.length === 0) return null;
  const pairs = both.map(({ pair }) => pair);
  const [tags, metrics] = [compareTags(both, seed), compareMetrics(both, seed)];
  const change = pairedChange(pairs, seed);
  const { delta, detectable, changed, units, clustered } = change;
  const p = looked ? combinePValues(looked.p, looked.stopped ? null : change.p) : change.p;
  const interval = [change.interval.low, change.interval.high] as const;
  const mean = (share: (pair: Pair) => number) =>
    pairs.reduce((sum, pair) => sum + share(pair), 0) / pairs.length;
  const turned = (from: (one: CaseSummary) => boolean, to: (one: CaseSummary) => boolean) =>
    both.filter(({ before, now }) => from(before) && to(now)).map(({ now }) => now.id);
  return {
    cases: both.length,
    leftOut: { base: listMissing(candidate, base), candidate: listMissing(base, candidate) },
    toFailed: turned(isPassed, (one) => !isPassed(one)),
    toPassed: turned((one) => !isPassed(one), isPassed),
    errored: {
      base: both.filter(({ before }) => before.outcome === 'errored').length,
      candidate: both.filter(({ now }) => now.outcome === 'errored').length,
    },
    passRates: { base: mean((pair) => pair.base), candidate: mean((pair) => pair.candidate) },
    delta,
    interval,
    p,
    detectable,
    margin,
    nonInferior: interval[0] > -margin,
    verdict: decideVerdict({ delta, interval, p, detectable, margin }),
    changed,
    ...(clustered ? { groups: units } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(metrics.length > 0 ? { metrics } : {}),
  };
}

/** The cases of one model that have a verdict. An error counts as one. */
function checkedCases({ run, cases }: RunResults, model: string): Map<string, CaseSummary> {
  const only = run.models[0];
  const wanted = cases.filter((one) => (one.model ?? only) === model && isChecked(one));
  return new Map(wanted.map((one) => [one.id, one]));
}

function pairCase(before: CaseSummary, now: CaseSummary): Pair {
  return {
    base: before.passed / before.repeats,
    candidate: now.passed / now.repeats,
    repeats: Math.max(before.repeats, now.repeats),
    ...(now.group === undefined ? {} : { group: now.group }),
  };
}

function isPassed({ outcome }: CaseSummary): boolean {
  return outcome === 'passed';
}

function listMissing(
  run: ReadonlyMap<string, CaseSummary>,
  other: ReadonlyMap<string, CaseSummary>,
): string[] {
  return [...other.keys()].filter((id) => !run.has(id));
}
