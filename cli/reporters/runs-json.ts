import type { ListedRun } from '#app/eval/describe-runs.ts';
import type { StoredRunReport } from '#app/eval/read-run-report.ts';
import { sumRuns } from '#app/eval/sum-runs.ts';
import type { RunProblem } from '#core/eval/report/assess-run.ts';
import { startOfMonth } from './format-moment.ts';
import { countPlanned, readVerdict } from './runs-plain.ts';

/** The list of stored runs for programs. */
export function listRunsJson(runs: readonly ListedRun[], now: Date): object {
  return { v: 1, runs: runs.map(formatRunJson), month: sumRuns(runs, startOfMonth(now)) };
}

/** One stored run for programs, with everything that is known of it. */
export function showRunJson(
  listed: ListedRun,
  { report, changes, isJudged }: StoredRunReport,
): object {
  const { summary, result, conclusion, acceptance, models, failures, missing, steps } = report;
  return {
    v: 1,
    ...formatRunJson(listed),
    path: report.path,
    result,
    conclusion: isJudged ? conclusion : null,
    acceptance,
    fileChanges: changes,
    run: summary.run,
    durationMs: summary.durationMs,
    totals: summary.totals,
    models: summary.run.models,
    results: models,
    comparisons: report.comparisons,
    failures,
    missing,
    steps,
    facts: Object.fromEntries([...report.cost, ...report.facts]),
  };
}

/** A stored run as `runs list` and `runs show` describe it. */
export function formatRunJson(listed: ListedRun): object {
  const { id, promptId, at, summary, fitness, isMerged, isRunning, error } = listed;
  const known = { id, promptId, at, ...(isRunning ? { running: true } : {}) };
  if (!summary) return { ...known, end: null, ...(error === undefined ? {} : { error }) };
  const { run, end, passRate, totals, answers } = summary;
  const verdict = readVerdict(summary);
  return {
    ...known,
    end,
    models: run.models,
    cases: run.cases,
    repeat: run.repeat,
    answered: totals.jobs.answered,
    planned: countPlanned(summary),
    passRate,
    answers,
    cost: run.replay ? 0 : totals.cost,
    unknownCalls: totals.unknownCalls,
    ...(run.shard === undefined ? {} : { shard: run.shard }),
    ...(isMerged ? { merged: run.mergedFrom ?? [] } : {}),
    fitness: fitness && {
      result: describeUse(fitness.result),
      baseline: describeUse(fitness.baseline),
      whole: fitness.isWhole,
    },
    ...(verdict ? { verdict } : {}),
  };
}

function describeUse(problems: readonly RunProblem[]): object {
  return { fit: problems.length === 0, ...(problems.length > 0 ? { problems } : {}) };
}
