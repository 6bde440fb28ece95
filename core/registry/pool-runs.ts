import type { RunResults } from '../eval/compare/comparison.ts';
import { findResult } from '../eval/report/assess-run.ts';
import { combineOutcomes } from '../eval/report/combine-outcomes.ts';
import { summarizeModel } from '../eval/report/summarize-model.ts';
import { addDerivedMetrics } from '../eval/report/summarize-repeats.ts';
import type {
  CaseSummary,
  Extremes,
  Latency,
  ModelResult,
  Observation,
} from '../eval/report/summary.ts';
import type { Outcome } from '../eval/run-event.ts';
import { computeFlakiness } from '../eval/statistics/flakiness.ts';
import type { AttachedEval } from './registry.ts';

/** Runs of one content on one model, taken together as repeats. */
export interface PooledRuns {
  /** The newest first. */
  readonly runs: readonly AttachedEval[];
  /** Those that added an answer, the oldest first: the others only repeat what the cache holds. */
  readonly added: readonly AttachedEval[];
  readonly figures: ModelResult;
  readonly cases: readonly CaseSummary[];
  /** As it is compared with others. */
  readonly results: RunResults;
}

/**
 * Takes runs of the same content together as repeats on one model, so that asking again until one is lucky
 * moves nothing. An answer that several runs share through the cache counts once, with its first verdict.
 * `runs` must not be empty.
 */
export function poolRuns(runs: readonly AttachedEval[], model: string | null): PooledRuns {
  const oldest = runs.toSorted((a, b) => (a.run.at < b.run.at ? -1 : 1));
  const newest = oldest.toReversed();
  const [first] = newest;
  if (!first) throw new Error('no runs to pool');
  const results = oldest.flatMap((run) => findResult(run, model) ?? []);
  const name = model ?? first.run.models[0] ?? '';
  const members = new Map<string, Member[]>();
  const seen = new Set<string>();
  const added = new Set<AttachedEval>();
  for (const run of oldest) {
    const own = run.run.models[0];
    for (const one of run.cases) {
      if ((one.model ?? own) !== (model ?? own)) continue;
      for (const { id } of listObservations(run.run.id, one)) {
        const key = `${id} ${one.id}`;
        if (!seen.has(key)) added.add(run);
        seen.add(key);
      }
      const known = members.get(one.id);
      if (known) known.push({ run: run.run.id, summary: one });
      else members.set(one.id, [{ run: run.run.id, summary: one }]);
    }
  }
  const cases = [...members.values()].map(poolCase);
  const run = { ...first.run, models: [name] };
  return {
    runs: newest,
    added: [...added],
    figures: poolFigures(name, cases, results, first),
    cases,
    results: { run, cases },
  };
}

interface Member {
  readonly run: string;
  readonly summary: CaseSummary;
}

function poolCase(members: readonly Member[]): CaseSummary {
  const [first] = members;
  if (!first) throw new Error('a case without a run');
  if (members.length === 1) return withoutModel(first.summary);
  const { id, tags, group } = first.summary;
  const seen = new Map<string, Observation>();
  for (const { run, summary } of members)
    for (const observation of listObservations(run, summary))
      if (!seen.has(observation.id)) seen.set(observation.id, observation);
  const observations = [...seen.values()];
  const passed = observations.filter((one) => one.passed).length;
  const missing = members.reduce((sum, { summary }) => sum + (summary.missing ?? 0), 0);
  const outcomes: Outcome[] = [
    ...observations.map((one) => (one.passed ? ('passed' as const) : ('failed' as const))),
    ...new Array<Outcome>(missing).fill('errored'),
  ];
  const scores = members.flatMap(({ summary }) => summary.score ?? []);
  const metrics = averageMetrics(members);
  return {
    id,
    tags,
    ...(group === undefined ? {} : { group }),
    outcome: outcomes.length === 0 ? first.summary.outcome : combineOutcomes(outcomes),
    score: scores.length === 0 ? null : scores.reduce((a, b) => a + b, 0) / scores.length,
    repeats: outcomes.length === 0 ? first.summary.repeats : observations.length,
    passed,
    ...(missing > 0 ? { missing } : {}),
    flaky: computeFlakiness(passed, observations.length - passed),
    ...(metrics ? { metrics } : {}),
    observations,
  };
}

/** The verdicts of a case in a run; what does not tell which answer it was is an answer of its own. */
function listObservations(run: string, summary: CaseSummary): readonly Observation[] {
  const { observations, passed, repeats, outcome } = summary;
  if (outcome === 'skipped' || outcome === 'no-checks') return [];
  const known =
    observations ??
    Array.from({ length: repeats }, (_, i) => ({ id: `${i} `, passed: i < passed }));
  return known.map((one) => (one.id.endsWith(' ') ? { ...one, id: `${run} ${one.id}` } : one));
}

function withoutModel({ model: _, ...summary }: CaseSummary): CaseSummary {
  return summary;
}

function averageMetrics(members: readonly Member[]): Record<string, number> | null {
  const sums = new Map<string, { sum: number; n: number }>();
  for (const { summary } of members) {
    for (const [name, mean] of Object.entries(summary.metrics ?? {})) {
      const { sum, n } = sums.get(name) ?? { sum: 0, n: 0 };
      sums.set(name, { sum: sum + mean * summary.repeats, n: n + summary.repeats });
    }
  }
  if (sums.size === 0) return null;
  return Object.fromEntries([...sums].map(([name, { sum, n }]) => [name, n === 0 ? 0 : sum / n]));
}

/** The figures of all runs: what cannot be added up is taken at its worst. */
function poolFigures(
  model: string,
  cases: readonly CaseSummary[],
  results: readonly ModelResult[],
  { run }: AttachedEval,
): ModelResult {
  const [only] = results;
  if (results.length === 1 && only) return only;
  const summary = summarizeModel(model, cases, [], run);
  const means = averageMetrics(cases.map((one) => ({ run: '', summary: one }))) ?? {};
  const metrics = addDerivedMetrics(means, run.derived);
  const rate = summary.passRate?.value ?? 0;
  const extremes = poolExtremes(results, metrics, summary.extremes?.passRate ?? [rate, rate]);
  return {
    ...summary,
    latency: pickSlowest(results),
    callCost: poolCosts(results),
    callTokens: results.at(-1)?.callTokens ?? null,
    metrics,
    ...(extremes ? { extremes } : {}),
  };
}

function pickSlowest(results: readonly ModelResult[]): Latency | null {
  const known = results.flatMap(({ latency }) => latency ?? []);
  return known.toSorted((a, b) => b.p95 - a.p95)[0] ?? null;
}

function poolCosts(results: readonly ModelResult[]): ModelResult['callCost'] {
  const known = results.flatMap(({ callCost }) => callCost ?? []);
  if (known.length < results.length || known.length === 0) return null;
  return {
    mean: known.reduce((sum, { mean }) => sum + mean, 0) / known.length,
    max: Math.max(...known.map(({ max }) => max)),
  };
}

/** The bounds of all runs together: those that lack nothing are bounded by their own figures. */
function poolExtremes(
  results: readonly ModelResult[],
  pooled: ModelResult['metrics'],
  passRate: Extremes['passRate'],
): Extremes | null {
  if (results.every(({ extremes }) => extremes === undefined)) return null;
  const metrics: Record<string, readonly [number, number] | null> = {};
  for (const name of new Set(results.flatMap((one) => Object.keys(one.extremes?.metrics ?? {})))) {
    const own = pooled[name];
    const bounds = results.flatMap(({ extremes, metrics: { [name]: value } }) => {
      const known = extremes?.metrics[name];
      if (known !== undefined) return [known];
      return value === undefined ? [] : [[value, value] as const];
    });
    const given = [...bounds, ...(own === undefined ? [] : [[own, own] as const])];
    const known = given.flatMap((one) => (one ? [one] : []));
    metrics[name] = given.includes(null)
      ? null
      : [Math.min(...known.map(([low]) => low)), Math.max(...known.map(([, high]) => high))];
  }
  // The slowest run speaks for all.
  const slowest = results.flatMap(({ extremes, latency }) => {
    if (extremes) return [extremes.p95];
    return latency ? [[latency.p95, latency.p95] as const] : [];
  });
  const highest = slowest.map(([, high]) => high);
  return {
    passRate,
    metrics,
    p95: [
      Math.max(0, ...slowest.map(([low]) => low)),
      highest.includes(null) ? null : Math.max(0, ...highest.map((high) => high ?? 0)),
    ],
    unanswered: results.reduce((sum, { extremes }) => sum + (extremes?.unanswered ?? 0), 0),
  };
}
