import type { RunResults } from '#core/eval/compare/comparison.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { Report } from '#core/eval/report/report.ts';
import { listJudges } from '#core/eval/run/judges.ts';
import type { Redaction } from '#core/eval/run/redaction.ts';
import { run } from '#core/eval/run/run.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import type { RunStore } from '#io/runs/run-store.ts';
import { resumeRun } from './resume-run.ts';

/** What a stored run is judged by. */
export interface StoredJudging {
  readonly store: RunStore;
  readonly plan: Plan;
  readonly ports: RunPorts;
  readonly redaction: Redaction | null;
}

/**
 * Reads the results of a stored run by the evaluators of `plan`. If those have changed since, its answers
 * are judged again, without a call; cases without an answer keep their error. Nothing is written. Returns
 * one sentence when that would require calling a judge.
 */
export async function readStoredResults(
  { promptId, id }: Pick<RunHeader, 'promptId' | 'id'>,
  { store, plan, ports, redaction }: StoredJudging,
  signal: AbortSignal,
): Promise<RunResults | { readonly error: string }> {
  const report = new Report();
  const servedBy = new Set<string>();
  for await (const event of store.events(promptId, id)) {
    report.add(event);
    if (event.t === 'answer' && event.answer?.servedBy) servedBy.add(event.answer.servedBy);
  }
  const summary = report.summary();
  if (!summary) return { error: `run ${id} has no start event` };
  const { run: header, results } = summary;
  const { checks } = plan.hashes;
  if (header.hashes.checks === checks)
    return { run: header, cases: report.cases(), servedBy: [...servedBy], results };
  if (listJudges(plan).length > 0)
    return {
      error: `the evaluators have changed since run ${id}, and judging its answers again would call a judge: run the baseline again`,
    };
  const hashes = { ...header.hashes, checks };
  const resumed = await resumeRun(store, { promptId, id }, hashes, {
    rescore: true,
    redaction,
  });
  if ('error' in resumed) return resumed;
  const { earlier } = resumed;
  const models = header.models.map((model) => ({
    id: model,
    provider: 'stored',
    origin: 'stored',
    model,
  }));
  const events = run({ ...plan, models, repeat: header.repeat }, resumed.header, ports, {
    signal,
    allowUnknownCost: true,
    earlier: {
      ...earlier,
      // Cases that are missing in the run are left out of the comparison, not called.
      isDone: (job) => earlier.isDone(job) || !earlier.findAnswer(job),
    },
  });
  for await (const event of events) resumed.report.add(event);
  return { run: resumed.header, cases: resumed.report.cases(), servedBy: [...servedBy], results };
}
