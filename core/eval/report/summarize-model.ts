import { percentile } from '../statistics/bootstrap.ts';
import { clusteredProportion } from '../statistics/clustered-proportion.ts';
import { clusteredStandardError } from '../statistics/clustered-standard-error.ts';
import { tQuantile975 } from '../statistics/distributions.ts';
import type { JobResult } from './job-result.ts';
import { isChecked, isMissing } from './slices.ts';
import { addDerivedMetrics, averageMetrics, summarizeTries } from './summarize-repeats.ts';
import type {
  AnswerSources,
  CallCost,
  CaseSummary,
  Extremes,
  Latency,
  ModelResult,
} from './summary.ts';

/** What the cases of a model add up to. `repeat` is the planned number of repeats. */
export function summarizeModel(
  model: string,
  cases: readonly CaseSummary[],
  jobs: readonly JobResult[],
  { repeat, derived = {} }: { repeat: number; derived?: Readonly<Record<string, string>> },
): ModelResult {
  const checked = cases.filter(isChecked);
  const count = (outcome: CaseSummary['outcome']): number =>
    cases.filter((one) => one.outcome === outcome).length;
  const missing = cases.reduce((sum, one) => sum + (one.missing ?? 0), 0);
  const answered = cases.reduce(
    (sum, { outcome, repeats }) => sum + (outcome === 'skipped' ? 0 : repeats),
    0,
  );
  const means = averageMetrics(jobs);
  const callCost = computeCallCost(jobs);
  const passes = checked.reduce((sum, one) => sum + one.passed / one.repeats, 0);
  return {
    model,
    cases: {
      passed: count('passed'),
      failed: count('failed'),
      errored: count('errored'),
      skipped: count('skipped'),
      noChecks: count('no-checks'),
    },
    jobs: { asked: answered + missing, answered },
    passRate: clusteredProportion(
      checked.map((one) => one.passed / one.repeats),
      checked.map(({ group, id }) => (group === undefined ? `case ${id}` : `group ${group}`)),
    ),
    latency: computeLatency(jobs),
    callCost: callCost && withoutSum(callCost),
    callTokens: computeCallTokens(jobs),
    passedCost: callCost && passes > 0 ? callCost.sum / passes : null,
    metrics: addDerivedMetrics(means, derived),
    ...summarizeTries(checked, repeat),
    answers: countSources(jobs),
    ...(missing > 0 || jobs.some(lacksScore)
      ? { extremes: computeExtremes(cases, jobs, derived) }
      : {}),
  };
}

function computeExtremes(
  cases: readonly CaseSummary[],
  jobs: readonly JobResult[],
  derived: Readonly<Record<string, string>>,
): Extremes {
  const asked = cases.filter((one) => isChecked(one) || isMissing(one));
  const rate = (share: (one: CaseSummary, n: number) => number): number =>
    asked.reduce((sum, one) => sum + share(one, one.repeats + (one.missing ?? 0)), 0) /
    Math.max(1, asked.length);
  const times = listTimes(jobs);
  const unknown = jobs.filter(isUnanswered).length;
  const at = (sorted: readonly number[]): number =>
    percentile(Float64Array.from(sorted), 0.95) ?? 0;
  const highest = at([...times, ...new Array<number>(unknown).fill(Number.POSITIVE_INFINITY)]);
  return {
    passRate: [
      rate(({ passed }, n) => passed / n),
      rate(({ passed, missing = 0 }, n) => (passed + missing) / n),
    ],
    metrics: boundMetrics(jobs, derived),
    p95: [
      at([...new Array<number>(unknown).fill(0), ...times]),
      Number.isFinite(highest) ? highest : null,
    ],
    unanswered: unknown,
  };
}

/** The bounds of each metric's mean, with its missing scores at 0 and at 1. */
function boundMetrics(
  jobs: readonly JobResult[],
  derived: Readonly<Record<string, string>>,
): Extremes['metrics'] {
  const known = new Map<string, { sum: number; n: number; missing: number; perJob: number }>();
  const entry = (name: string) => {
    const found = known.get(name) ?? { sum: 0, n: 0, missing: 0, perJob: 0 };
    known.set(name, found);
    return found;
  };
  for (const { metrics = [], missingMetrics = [] } of jobs) {
    const counts = new Map<string, number>();
    for (const [name, score] of metrics) {
      const found = entry(name);
      found.sum += score;
      found.n++;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const name of missingMetrics) {
      entry(name).missing++;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of counts) entry(name).perJob = Math.max(entry(name).perJob, count);
  }
  // An unanswered job lacks as many scores as the job that has the most.
  const unanswered = jobs.filter(isUnanswered).length;
  const bounds: Record<string, readonly [number, number] | null> = {};
  for (const [name, { sum, n, missing, perJob }] of known) {
    const lacking = missing + unanswered * perJob;
    if (lacking > 0) bounds[name] = [sum / (n + lacking), (sum + lacking) / (n + lacking)];
  }
  if (Object.keys(bounds).length > 0 || unanswered > 0)
    for (const name of Object.keys(derived)) bounds[name] = null;
  return bounds;
}

/** A judge's score can be missing where the verdict is not: if another check failed, or it is only measured. */
function lacksScore({ missingMetrics = [] }: JobResult): boolean {
  return missingMetrics.length > 0;
}

function isUnanswered(job: JobResult): boolean {
  return job.score?.outcome === 'errored' && !job.answered;
}

function countSources(jobs: readonly JobResult[]): AnswerSources {
  const counts = { model: 0, cache: 0, recording: 0, sample: 0 };
  let oldest: string | null = null;
  let undated = 0;
  for (const { source, answeredAt } of jobs) {
    if (source === undefined) continue;
    counts[source]++;
    if (answeredAt === undefined) undated++;
    else if (oldest === null || answeredAt < oldest) oldest = answeredAt;
  }
  return { ...counts, oldest, undated };
}

function listTimes(jobs: readonly JobResult[]): number[] {
  return jobs
    .flatMap(({ latencyMs, cached }) => (latencyMs === undefined || cached ? [] : [latencyMs]))
    .sort((a, b) => a - b);
}

function computeLatency(jobs: readonly JobResult[]): Latency | null {
  const times = Float64Array.from(listTimes(jobs));
  if (times.length === 0) return null;
  const first = Float64Array.from(
    jobs.flatMap(({ firstTokenMs, cached }) =>
      firstTokenMs === undefined || cached ? [] : [firstTokenMs],
    ),
  ).sort();
  const at = (share: number): number => percentile(times, share) ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), firstToken: percentile(first, 0.5) };
}

function computeCallTokens(jobs: readonly JobResult[]): ModelResult['callTokens'] {
  const known = jobs.flatMap(({ input, output }) =>
    input === undefined || output === undefined ? [] : [{ input, output }],
  );
  if (known.length === 0) return null;
  const mean = (of: (one: { input: number; output: number }) => number): number =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return { input: mean(({ input }) => input), output: mean(({ output }) => output) };
}

function computeCallCost(jobs: readonly JobResult[]): (CallCost & { readonly sum: number }) | null {
  const answered = jobs.filter((job) => job.answered);
  const costs = answered.flatMap(({ cost }) => cost ?? []);
  if (costs.length === 0 || costs.length < answered.length) return null;
  const sum = costs.reduce((total, cost) => total + cost, 0);
  const mean = sum / costs.length;
  const max = costs.reduce((most, cost) => Math.max(most, cost), 0);
  // The repeats of a case cost about the same.
  const error = clusteredStandardError(
    costs,
    answered.map((job) => job.case),
  );
  // The quantile is accurate from five degrees of freedom on.
  if (error?.corrected == null || error.clusters < 6) return { mean, max, sum };
  const half = tQuantile975(error.clusters - 1) * error.corrected;
  return { mean, max, sum, interval: { low: Math.max(0, mean - half), high: mean + half } };
}

function withoutSum({ sum: _, ...rest }: CallCost & { readonly sum: number }): CallCost {
  return rest;
}
