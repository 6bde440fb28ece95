import { parseJobId } from '../ids.ts';
import type { Usage } from '../model.ts';
import type { Case } from '../plan/plan.ts';
import type {
  AnswerEvent,
  EndReason,
  Outcome,
  RunEvent,
  RunHeader,
  ScoreEvent,
} from '../run-event.ts';
import { percentile } from '../statistics/bootstrap.ts';
import type { Interval } from '../statistics/proportion-intervals.ts';
import { wilsonInterval } from '../statistics/proportion-intervals.ts';
import { countOutputs, type OutputCount } from './count-outputs.ts';
import { isChecked } from './slices.ts';
import {
  addDerivedMetrics,
  averageMetrics,
  type JobScore,
  type MetricScore,
  summarizeRepeats,
  summarizeTries,
} from './summarize-repeats.ts';

/**
 * A run in figures: `summary.json`, and with `cases` the output of `eval --format json` (see
 * docs/internals.md).
 */
export interface Summary {
  readonly v: 1;
  readonly run: RunHeader;
  /** How it ended; null while it runs, or if it was interrupted. */
  readonly end: EndReason | null;
  /** Only for a run that stopped early because its verdict was certain: the calls and cost saved. */
  readonly early?: { readonly calls: number; readonly cost: number | null };
  /** From the first to the last event. */
  readonly durationMs: number;
  readonly totals: Totals;
  /** Mean share of passed repeats over the checked cases, with errors counted as not passed, and its Wilson
   * 95 % interval; null if no case was checked. */
  readonly passRate: ({ readonly value: number } & Interval) | null;
  /** Milliseconds of the calls made in this run; null if there were none. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null;
  /** Cost of the answers in USD, including stored ones but not judges; null if a price is unknown. */
  readonly callCost: { readonly mean: number; readonly max: number } | null;
  /** Output tokens by model, to estimate later runs; absent in runs of older versions. */
  readonly outputs?: Readonly<Record<string, OutputCount>>;
  /** Mean score of each metric, and the derived metrics. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Only with repeats: pass@k (`any`) and pass^k (`all`), the mean over the cases. */
  readonly tries?: { readonly k: number; readonly any: number; readonly all: number };
}

/** Cases (of each model) by outcome, and the consumption of the run. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly noChecks: number;
  /** Tokens of the answers, without judges. */
  readonly tokens: { readonly input: number; readonly output: number };
  /** USD spent in this run, including judges; null if a price is unknown. */
  readonly cost: number | null;
  /** Share of answers from the cache or recordings. */
  readonly cachedShare: number;
}

/** One case, of one model, over all its repeats. */
export interface CaseSummary {
  readonly id: string;
  /** Only if the run has several models. */
  readonly model?: string;
  readonly group?: string;
  readonly tags: readonly string[];
  readonly outcome: Outcome;
  /** Mean over the repeats; null if there is no score. */
  readonly score: number | null;
  /** The number of scored repeats, and of those that passed. */
  readonly repeats: number;
  readonly passed: number;
  /** Share of repeats that disagree with the majority; null (unknown) with fewer than three. */
  readonly flaky: number | null;
  /** Mean score of each metric of its evaluators; absent if there are none. */
  readonly metrics?: Readonly<Record<string, number>>;
}

interface Job {
  usage?: Usage | null;
  cached?: boolean;
  latencyMs?: number;
  cost?: number | null;
  answered?: boolean;
  score?: JobScore & { cost: number | null };
  metrics?: readonly MetricScore[];
}

type ScoredJob = Job & Required<Pick<Job, 'score'>>;

/** Aggregates the events of a run one by one. It keeps figures, not answers. */
export class Report {
  #header: RunHeader | null = null;
  #end: EndReason | null = null;
  #early = false;
  #lastAt = 0;
  #done = 0;
  readonly #jobs = new Map<string, Job>();

  /** A later event of the same job replaces the earlier one. */
  add(event: RunEvent): void {
    switch (event.t) {
      case 'start':
        this.#header = event.run;
        this.#seen(event.run.at);
        break;
      case 'answer':
        this.#end = null;
        this.#seen(event.at);
        Object.assign(this.#job(event.job), readAnswer(event));
        break;
      case 'score':
        if (!this.#job(event.job).score) this.#done++;
        Object.assign(this.#job(event.job), readScore(event));
        break;
      case 'end':
        this.#end = event.reason;
        this.#early = event.early ?? false;
        this.#seen(event.at);
        break;
      default:
        event satisfies never;
    }
  }

  /** The number of scored jobs, and of all jobs of the run. */
  progress(): { readonly done: number; readonly total: number } {
    const { cases = 0, repeat = 1, models = [] } = this.#header ?? {};
    return { done: this.#done, total: cases * repeat * models.length };
  }

  /** Null before the `start` event. */
  summary(): Summary | null {
    const run = this.#header;
    if (!run) return null;
    const cases = this.#caseSummaries();
    const checked = cases.filter(isChecked);
    const passes = checked.reduce((sum, c) => sum + c.passed / c.repeats, 0);
    const count = (outcome: Outcome) => cases.filter((c) => c.outcome === outcome).length;
    const consumption = this.#consumption();
    return {
      v: 1,
      run,
      end: this.#end,
      ...(this.#early ? { early: this.#saved(consumption.cost) } : {}),
      durationMs: Math.max(0, this.#lastAt - Date.parse(run.at)),
      totals: {
        passed: count('passed'),
        failed: count('failed'),
        errored: count('errored'),
        skipped: count('skipped'),
        noChecks: count('no-checks'),
        ...consumption,
      },
      passRate:
        checked.length === 0
          ? null
          : { value: passes / checked.length, ...wilsonInterval(passes, checked.length) },
      latency: this.#latency(),
      callCost: this.#callCost(),
      outputs: countOutputs(this.#jobs),
      metrics: addDerivedMetrics(averageMetrics(this.#jobs.values()), run.derived),
      ...summarizeTries(checked, run.repeat),
    };
  }

  /** One entry per case and model, in the order of their first events. */
  cases(about: readonly Case[] = []): CaseSummary[] {
    const known = new Map(about.map((item) => [item.id, item]));
    return this.#caseSummaries().map((summary) => {
      const item = known.get(summary.id);
      const group = item?.group === undefined ? {} : { group: item.group };
      return { ...summary, tags: item?.tags ?? [], ...group };
    });
  }

  /** Assumes that the skipped calls would have cost as much as the others. */
  #saved(cost: number | null): NonNullable<Summary['early']> {
    const { done, total } = this.progress();
    const calls = total - done;
    return { calls, cost: cost === null || done === 0 ? null : (cost / done) * calls };
  }

  #caseSummaries(): CaseSummary[] {
    const byCase = new Map<string, { id: string; model: string; jobs: ScoredJob[] }>();
    for (const [id, job] of this.#jobs) {
      const key = parseJobId(id);
      if (!key || !isScored(job)) continue;
      const name = `${key.case}|${key.model}`;
      const entry = byCase.get(name) ?? { id: key.case, model: key.model, jobs: [] };
      entry.jobs.push(job);
      byCase.set(name, entry);
    }
    const several = (this.#header?.models.length ?? 1) > 1;
    return [...byCase.values()].map(({ id, model, jobs }) => {
      const named = jobs.some(({ metrics = [] }) => metrics.length > 0);
      return {
        id,
        ...(several ? { model } : {}),
        tags: [],
        ...summarizeRepeats(jobs.map(({ score }) => score)),
        ...(named ? { metrics: averageMetrics(jobs) } : {}),
      };
    });
  }

  #consumption(): Pick<Totals, 'tokens' | 'cost' | 'cachedShare'> {
    const tokens = { input: 0, output: 0 };
    let cost: number | null = 0;
    let answers = 0;
    let cached = 0;
    for (const job of this.#jobs.values()) {
      tokens.input += job.usage?.input ?? 0;
      tokens.output += job.usage?.output ?? 0;
      if (job.answered) answers++;
      if (job.answered && job.cached) cached++;
      // A failed call that may have been billed does not make the total unknown.
      const spent: number | null = job.cached
        ? 0
        : job.answered
          ? (job.cost ?? null)
          : (job.cost ?? 0);
      const judges = job.score ? job.score.cost : 0;
      cost = cost === null || spent === null || judges === null ? null : cost + spent + judges;
    }
    return { tokens, cost, cachedShare: answers === 0 ? 0 : cached / answers };
  }

  #latency(): Summary['latency'] {
    const times: number[] = [];
    for (const { latencyMs, cached } of this.#jobs.values()) {
      if (latencyMs !== undefined && !cached) times.push(latencyMs);
    }
    const sorted = Float64Array.from(times).sort();
    const at = (share: number) => percentile(sorted, share) ?? 0;
    return sorted.length === 0 ? null : { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }

  #callCost(): Summary['callCost'] {
    let [calls, sum, max] = [0, 0, 0];
    for (const { answered, cost = null } of this.#jobs.values()) {
      if (!answered) continue;
      if (cost === null) return null;
      calls++;
      sum += cost;
      max = Math.max(max, cost);
    }
    return calls === 0 ? null : { mean: sum / calls, max };
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id) ?? {};
    this.#jobs.set(id, job);
    return job;
  }

  #seen(at: string): void {
    const time = Date.parse(at);
    if (time > this.#lastAt) this.#lastAt = time;
  }
}

function isScored(job: Job): job is ScoredJob {
  return job.score !== undefined;
}

function readAnswer({ answer, cached, cost }: AnswerEvent): Job {
  if (!answer) return { answered: false, cached, cost };
  const { usage, latencyMs } = answer;
  return { answered: true, cached, cost, usage, latencyMs };
}

function readScore({ results, score, outcome }: ScoreEvent): Job {
  let cost: number | null = 0;
  const metrics: MetricScore[] = [];
  for (const result of results) {
    cost = cost === null || result.cost === null ? null : cost + result.cost;
    if (result.metric !== undefined && result.score !== null)
      metrics.push([result.metric, result.score]);
  }
  return { score: { score, outcome, cost }, metrics };
}
