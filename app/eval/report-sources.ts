import { compareModels } from '#core/eval/compare/compare.ts';
import { type Comparison, DEFAULT_MARGIN } from '#core/eval/compare/comparison.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { judgeRun } from '#core/eval/report/judge-run.ts';
import type { RunReportSources } from '#core/eval/report/run-report.ts';
import type { CaseSummary, Summary } from '#core/eval/report/summary.ts';
import type { PromptInput } from '../prompt/prompt-input.ts';
import type { FinishedEval } from './eval-event.ts';
import { chooseMaxErrorRate } from './prepare-eval.ts';

/** What a report is made of, besides the log of its cases. */
export type ReportSources = Omit<RunReportSources, 'log'>;

/** What the report of a finished eval is made of. */
export function collectReportSources({
  prepared,
  outcome,
  comparisons,
  baseline,
  models,
}: FinishedEval): ReportSources {
  const { path, plan, maxErrorRate, hideSecrets, input } = prepared;
  const { summary, cases, acceptance, conclusion } = outcome;
  return {
    path,
    plan,
    summary,
    cases,
    acceptance,
    conclusion,
    comparisons,
    baseline,
    models,
    maxErrorRate,
    hidden: hideSecrets,
    redacted: input.settings.runs.redact ?? [],
  };
}

/** A stored run of a prompt, with the cases that the prompt has now. */
export interface StoredRunSources {
  readonly input: Pick<PromptInput, 'path' | 'prompt' | 'settings'>;
  readonly plan: Plan;
  readonly summary: Summary;
  /** In the order of the file. */
  readonly cases: readonly CaseSummary[];
  /** With the baseline, as they are stored. */
  readonly comparisons: readonly Comparison[];
  /** Removes secrets from a text. */
  readonly hidden: (text: string) => string;
}

/** What the report of a stored run is made of, judged by the criteria that its prompt has now. */
export function collectStoredSources(stored: StoredRunSources): ReportSources {
  const { input, plan, summary, cases, comparisons, hidden } = stored;
  const { path, settings } = input;
  const maxErrorRate = chooseMaxErrorRate(input);
  const margin = settings.eval.margin ?? DEFAULT_MARGIN;
  const [{ baseName } = {}] = comparisons;
  return {
    path,
    plan,
    summary,
    cases,
    ...judgeRun(summary, cases, plan, maxErrorRate),
    comparisons,
    baseline: baseName === undefined ? null : { name: baseName },
    models: summary.end === 'done' ? compareModels({ run: summary.run, cases }, { margin }) : [],
    maxErrorRate,
    hidden,
    redacted: settings.runs.redact ?? [],
  };
}
