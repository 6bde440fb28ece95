import { sharesInterface } from '#core/eval/compare/compare.ts';
import type { Hashes } from '#core/eval/hashes.ts';
import { listAskedIds, type Plan } from '#core/eval/plan/plan.ts';
import { assessRun, type RunDemand, type RunProblem } from '#core/eval/report/assess-run.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import type { StoredRun } from '#io/runs/run-store.ts';
import { collectRows } from '../prompt/prompt-input.ts';
import type { PreparedEval } from './prepare-eval.ts';

/** A run that was not taken, and why. */
export interface PassedOverRun {
  readonly id: string;
  readonly problems: readonly RunProblem[];
}

/** The newest run that is fit, and the newer ones that are not. */
export interface PickedRun {
  readonly run: RunHeader | null;
  readonly passedOver: readonly PassedOverRun[];
}

/** What a run is picked for. */
export interface RunWanted {
  /** The hash of what it sent; absent: any. */
  readonly prompt?: Hashes['prompt'];
  /** The model of the prompt that was run; it may be another one. */
  readonly model?: string | null;
  /** The run that is resumed: it cannot be its own baseline. */
  readonly except?: string | undefined;
}

/** Where the calls of a plan go. */
export function originsOf({ models }: Pick<Plan, 'models'>): Pick<RunHeader, 'origins'> {
  return { origins: models.map(({ origin }) => origin) };
}

/**
 * The newest stored run that is fit as the baseline of an eval: whole, conclusive, with answers of the same
 * kind, and on the same model unless the eval was asked to run on others. Runs by the same evaluators come
 * first.
 */
export function pickBaseline(
  runs: readonly StoredRun[],
  prepared: PreparedEval,
  { prompt, model, except }: RunWanted = {},
): PickedRun {
  const { plan, isReplay, options } = prepared;
  const passedOver: PassedOverRun[] = [];
  const fit: RunHeader[] = [];
  const known = runs.flatMap(({ summary }) =>
    summary &&
    summary.run.id !== except &&
    (prompt === undefined || summary.run.hashes.prompt === prompt)
      ? [summary]
      : [],
  );
  const [own] = plan.models;
  const isOwn = (run: RunHeader): boolean => own !== undefined && run.models.includes(own.id);
  const assess = createBaselineAssessment(prepared);
  for (const summary of known) {
    const { run } = summary;
    if (run.replay !== isReplay || !sharesInterface(run, originsOf(plan))) continue;
    // With --model, models are what is compared; another text may be for another model.
    const isComparable = isOwn(run) || options.models?.length || run.models.includes(model ?? '');
    if (!isComparable) continue;
    const problems = assess(summary);
    if (problems.length === 0) fit.push(run);
    else if (fit.length === 0) passedOver.push({ id: run.id, problems });
  }
  const rank = (run: RunHeader): number =>
    (isOwn(run) ? 2 : 0) +
    (prompt !== undefined && run.hashes.checks === plan.hashes.checks ? 1 : 0);
  const [run = null] = fit.sort((a, b) => rank(b) - rank(a));
  return { run, passedOver };
}

/** Creates a function that lists why a run cannot be the baseline of an eval. */
export function createBaselineAssessment({
  plan,
  input,
  maxErrorRate,
}: PreparedEval): (summary: Summary) => readonly RunProblem[] {
  const data = { hash: plan.hashes.data, ids: listAskedIds(input.prompt, collectRows(input)) };
  const [own] = plan.models;
  return (summary) => {
    const model = own && summary.run.models.includes(own.id) ? own.id : null;
    const demand: RunDemand = { maxErrorRate, data, model };
    return assessRun('baseline', summary, demand);
  };
}

/** `run 2026…: 16 of 24 answers are missing`, for each run. */
export function describePassedOver(runs: readonly PassedOverRun[]): string {
  const shown = runs
    .slice(0, 3)
    .map(({ id, problems }) => `run ${id}: ${problems.map(({ text }) => text).join(', ')}`);
  const more = runs.length > 3 ? [`${runs.length - 3} more`] : [];
  return [...shown, ...more].join('; ');
}
