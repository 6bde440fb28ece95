import { formatTime } from '../../format-time.ts';
import type { Comparison } from '../compare/comparison.ts';
import { describeVerdict, listVerdictNotes } from '../compare/describe-verdict.ts';
import type { Plan } from '../plan/plan.ts';
import {
  type AcceptancePart,
  type AcceptanceResult,
  describeAcceptancePart,
} from './acceptance.ts';
import { type CaseFacts, listCaseFacts } from './case-facts.ts';
import type { CaseLog } from './case-log.ts';
import type { Conclusion } from './conclude-run.ts';
import { describeResult, type ResultSentence } from './describe-result.ts';
import { groupMissing, type MissingGroup } from './group-missing.ts';
import { type CaseFailure, describeUnknownCase, listFailures } from './list-failures.ts';
import { type Fact, listCostFacts, listRunFacts } from './list-run-facts.ts';
import { type ModelReport, rankModels } from './rank-models.ts';
import { type Slice, sliceCases } from './slices.ts';
import { type NextStep, suggestSteps } from './suggest-steps.ts';
import type { CaseSummary, Summary } from './summary.ts';

/**
 * Everything that a report of a run answers, in this order. Texts are plain and may contain anything: a
 * renderer lays them out and escapes them.
 */
export interface RunReport {
  /** The path of the prompt for display, and its name or ''. */
  readonly path: string;
  readonly name: string;
  readonly summary: Summary;
  /** Good or not: the first sentence is the answer. */
  readonly result: readonly ResultSentence[];
  readonly conclusion: Conclusion;
  readonly steps: readonly NextStep[];
  readonly acceptance: readonly AcceptanceLine[];
  /** One per model, in the order of the run. */
  readonly models: readonly ModelReport[];
  /** All cases of the plan. */
  readonly cases: readonly CaseFacts[];
  readonly failures: readonly CaseFailure[];
  readonly missing: readonly MissingGroup[];
  /** The cases that passed, and those without a verdict of their own. */
  readonly others: readonly OtherCase[];
  readonly slices: readonly Slice[];
  /** With the baseline, then with the first model of the run. */
  readonly comparisons: readonly ComparisonReport[];
  /** The models that the providers reported. */
  readonly servedBy: readonly string[];
  readonly cost: readonly Fact[];
  readonly facts: readonly Fact[];
}

/** An acceptance criterion as a line of a list. */
export interface AcceptanceLine {
  /** Null: it is undecided, or was not measured. */
  readonly met: boolean | null;
  readonly text: string;
  /** The required pass rate, for that criterion. */
  readonly requiredPassRate: number | null;
}

/** A case that neither failed nor lacks its verdict. */
export interface OtherCase extends CaseFacts {
  readonly model: string;
  readonly outcome: 'passed' | 'skipped' | 'no-checks';
  readonly passed: number;
  readonly repeats: number;
  readonly isFlaky: boolean;
}

export interface ComparisonReport {
  readonly comparison: Comparison;
  /** `compared with HEAD (run …, 28 Nov 2026, 03:52 UTC, 48 of 48 passed)`. */
  readonly sides: string;
  readonly text: string;
  readonly notes: readonly string[];
  /** Names of cases. */
  readonly toFailed: readonly string[];
  readonly toPassed: readonly string[];
}

/** What a run was compared with. */
export interface ReportBaseline {
  /** What people call it: `HEAD`, `last`, `production 1.2.0`. */
  readonly name: string;
  /** Its run; absent if only its id is known. */
  readonly results?: {
    readonly run: Pick<Summary['run'], 'at' | 'repeat'>;
    readonly cases: readonly CaseSummary[];
  };
}

/** What a report is made of. */
export interface RunReportSources {
  readonly path: string;
  readonly plan: Plan;
  readonly summary: Summary;
  /** In the order of the file. */
  readonly cases: readonly CaseSummary[];
  readonly log: Pick<CaseLog, 'findFailure' | 'listFailures' | 'servedBy'>;
  readonly acceptance: AcceptanceResult;
  readonly conclusion: Conclusion;
  /** With the baseline, by model. */
  readonly comparisons: readonly Comparison[];
  readonly baseline: ReportBaseline | null;
  /** The other models compared with the first. */
  readonly models: readonly Comparison[];
  /** The largest share of missing answers of a conclusive run, 0 to 1. */
  readonly maxErrorRate: number;
  /** Removes secrets from a text. */
  readonly hidden: (text: string) => string;
  /** Variables whose values are not shown. */
  readonly redacted?: readonly string[];
}

/** Builds the report of a run. Every format shows the same one. */
export function buildRunReport(sources: RunReportSources): RunReport {
  const { path, plan, summary, cases, log, comparisons, baseline, hidden } = sources;
  const facts = listCaseFacts(plan, sources);
  const [model = ''] = summary.run.models;
  const comparison =
    comparisons.find((one) => one.model === undefined || one.model === model) ?? null;
  const failures = listFailures({
    cases,
    log,
    facts,
    model,
    newlyFailed: new Map(comparisons.map((one) => [one.model ?? model, new Set(one.toFailed)])),
  });
  const servedBy = [...log.servedBy].filter((name) => name !== '');
  const missing = groupMissing({ cases, log, facts, model });
  const slices = sliceCases(cases);
  const names = new Map([...facts.values()].map(({ id, name }) => [id, name]));
  return {
    path,
    name: hidden(plan.document.name?.source ?? ''),
    summary,
    result: describeResult({ ...sources, comparison, baseline: baseline?.name ?? null }),
    conclusion: sources.conclusion,
    steps: suggestSteps({
      path: path === STDIN ? null : path,
      summary,
      failures: failures.filter((one) => one.model === model),
      missing: missing.filter((one) => one.model === model),
      slices: slices.filter((one) => (one.model ?? model) === model),
      comparison,
    }),
    acceptance: sources.acceptance.parts.map((part) =>
      describePart(part, names, summary.end !== 'done'),
    ),
    models: rankModels({
      ...sources,
      acceptance: plan.document.acceptance,
      must: new Set(plan.cases.filter((one) => one.must).map(({ id }) => id)),
    }),
    cases: [...facts.values()],
    failures,
    missing,
    others: listOthers(cases, facts, model),
    slices,
    comparisons: [...comparisons, ...sources.models].map((one) =>
      describeComparison(one, baseline, names),
    ),
    servedBy,
    cost: listCostFacts(summary),
    facts: listRunFacts(summary, servedBy),
  };
}

/** The path of a prompt that has no file. */
const STDIN = '<stdin>';

function describePart(
  part: AcceptancePart,
  names: ReadonlyMap<string, string>,
  isCut: boolean,
): AcceptanceLine {
  const { met, undecided, name, limit } = part;
  const requiredPassRate = name === 'passRate' ? limit : null;
  if (met === null && !undecided)
    return { met, requiredPassRate, text: `${name} cannot be measured in this run` };
  const text = describeAcceptancePart(part, names);
  // The cases that were not asked could turn it, except where a single failure decides.
  const isOpen = isCut && !(met === false && (name === 'cases' || name === 'must'));
  if (!isOpen) return { met, requiredPassRate, text };
  return { met: null, requiredPassRate, text: `${text}; not all cases were asked` };
}

function listOthers(
  cases: readonly CaseSummary[],
  facts: ReadonlyMap<string, CaseFacts>,
  first: string,
): OtherCase[] {
  return cases.flatMap((one): OtherCase[] => {
    const { id, model = first, outcome, passed, repeats, flaky } = one;
    if (outcome === 'failed' || outcome === 'errored') return [];
    const about = facts.get(id) ?? describeUnknownCase(one);
    return [{ ...about, model, outcome, passed, repeats, isFlaky: flaky !== null && flaky > 0 }];
  });
}

function describeComparison(
  comparison: Comparison,
  baseline: ReportBaseline | null,
  names: ReadonlyMap<string, string>,
): ComparisonReport {
  const { base, baseModel, model, toFailed, toPassed } = comparison;
  const nameAll = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id);
  const sides =
    baseModel === undefined
      ? `compared with ${describeBaseline(base, baseline)}${model === undefined ? '' : `, ${model}`}`
      : `${model} compared with ${baseModel}`;
  return {
    comparison,
    sides,
    text: describeVerdict(comparison),
    notes: listVerdictNotes(comparison, names),
    toFailed: nameAll(toFailed),
    toPassed: nameAll(toPassed),
  };
}

/** `HEAD (run …, 28 Nov 2026, 03:52 UTC, 48 of 48 passed)`. */
export function describeBaseline(id: string, baseline: ReportBaseline | null): string {
  if (!baseline) return `run ${id}`;
  const { name, results } = baseline;
  const run = name === id ? '' : `run ${id}`;
  if (!results) return run === '' ? `run ${id}` : `${name} (${run})`;
  const checked = results.cases.filter(
    ({ outcome }) => outcome === 'passed' || outcome === 'failed',
  );
  const passed = checked.filter(({ outcome }) => outcome === 'passed').length;
  const about = [run, formatTime(results.run.at), `${passed} of ${checked.length} passed`];
  return `${run === '' ? `run ${id}` : name} (${about.filter((part) => part !== '').join(', ')})`;
}
