import type { EvalOutcome } from '#app/eval/eval-event.ts';
import { createRunId } from '#core/eval/ids.ts';
import type { Model } from '#core/eval/model.ts';
import { nameCases } from '#core/eval/plan/name-case.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { CaseLog } from '#core/eval/report/case-log.ts';
import { MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import { judgeRun } from '#core/eval/report/judge-run.ts';
import { Report } from '#core/eval/report/report.ts';
import { run } from '#core/eval/run/run.ts';
import type { RunOptions } from '#core/eval/run/run-options.ts';
import { headerOf, portsOf } from './evals.ts';

/** The outcome of a plan, run in memory on a model; each has an id of its own. */
export async function outcomeOf(
  plan: Plan,
  model: Model,
  options: Partial<RunOptions> = {},
): Promise<EvalOutcome> {
  const report = new Report();
  const log = new CaseLog();
  const id = createRunId(new Date('2026-11-21T09:30:00Z'), Math.random());
  const signal = new AbortController().signal;
  const events = run(plan, headerOf(plan, { id }), portsOf(model), { signal, ...options });
  for await (const event of events) {
    report.add(event);
    log.add(event);
  }
  const summary = report.summary();
  if (!summary) throw new Error('the run has no start event');
  const cases = report.cases(plan.cases);
  return {
    summary,
    cases,
    names: nameCases(plan.cases),
    log,
    results: { run: summary.run, cases },
    ...judgeRun(summary, cases, plan, MAX_ERROR_RATE),
  };
}
