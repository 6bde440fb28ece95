import type { RunHeader } from '../run-event.ts';
import { wilsonInterval } from '../statistics/proportion-intervals.ts';
import { summarizeModel } from './summarize-model.ts';
import type { CaseSummary, ModelResult, Summary } from './summary.ts';

/** A summary of format 1: `repeats` of a case includes those without an answer. */
export interface OldSummary {
  readonly run: RunHeader;
  readonly end: Summary['end'];
  readonly early?: Summary['early'];
  readonly durationMs?: number;
  readonly totals: {
    readonly passed?: number;
    readonly failed?: number;
    readonly errored?: number;
    readonly skipped?: number;
    readonly noChecks?: number;
    readonly tokens?: { readonly input: number; readonly output: number };
    readonly cost?: number | null;
    readonly cachedShare?: number;
  };
  readonly passRate?: Summary['passRate'];
  readonly latency?: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  readonly callCost?: Summary['callCost'];
  readonly metrics?: Summary['metrics'];
  readonly cases?: readonly CaseSummary[];
}

/**
 * Reads a summary of format 1 by what it holds: a case that errored has no answer, and where its answers are
 * from is known only for the run as a whole. Without its cases only the totals of the run are known.
 */
export function upgradeSummary(
  old: OldSummary,
): Summary & { readonly cases: readonly CaseSummary[] } {
  const { end, early, durationMs = 0, totals } = old;
  const run = { ...old.run, models: old.run.models ?? [] };
  const cases = (old.cases ?? []).map(upgradeCase);
  const [first = ''] = run.models;
  const results = run.models.map((model) =>
    old.cases
      ? upgradeResult(
          summarizeModel(
            model,
            cases.filter((one) => (one.model ?? first) === model),
            [],
            run,
          ),
          old,
        )
      : upgradeResult(readTotals(model, old), old),
  );
  const [own = summarizeModel('', [], [], run)] = results;
  const { model: _, cases: counts, jobs, ...figures } = own;
  return {
    v: 2,
    run,
    end,
    ...(early ? { early } : {}),
    durationMs,
    totals: {
      ...counts,
      jobs,
      tokens: { input: 0, output: 0, ...totals.tokens, unknown: 0 },
      cost: totals.cost ?? null,
      unknownCalls: 0,
      calls: jobs.asked,
      cachedShare: totals.cachedShare ?? 0,
    },
    ...figures,
    results,
    cases,
  };
}

/** Adds what is known of the run as a whole; its figures are those of its model if it has only one. */
function upgradeResult(result: ModelResult, { run, totals, ...old }: OldSummary): ModelResult {
  const { answered } = result.jobs;
  const cached = Math.round((totals.cachedShare ?? 0) * answered);
  const answers = run.replay
    ? { ...result.answers, sample: answered, undated: answered }
    : { ...result.answers, model: answered - cached, cache: cached, undated: answered };
  if (run.models.length > 1) return { ...result, answers };
  const { latency = null, callCost = null, metrics = {} } = old;
  return {
    ...result,
    latency: latency && { ...latency, firstToken: null },
    callCost,
    metrics,
    answers,
  };
}

function readTotals(model: string, { run, totals, passRate = null }: OldSummary): ModelResult {
  const { passed = 0, failed = 0, errored = 0, skipped = 0, noChecks = 0 } = totals;
  const judged = passed + failed;
  return {
    ...summarizeModel(model, [], [], run),
    cases: { passed, failed, errored, skipped, noChecks },
    jobs: {
      asked: (judged + errored + noChecks) * run.repeat,
      answered: (judged + noChecks) * run.repeat,
    },
    passRate:
      errored === 0
        ? passRate
        : judged === 0
          ? null
          : { value: passed / judged, ...wilsonInterval(passed, judged) },
  };
}

function upgradeCase(old: CaseSummary): CaseSummary {
  if (old.outcome !== 'errored') return old;
  const { passed, repeats } = old;
  return { ...old, repeats: passed, ...(repeats > passed ? { missing: repeats - passed } : {}) };
}
