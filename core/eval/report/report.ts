import { parseJobId } from '../ids.ts';
import type { Case } from '../plan/plan.ts';
import type { EndReason, RunEvent, RunHeader } from '../run-event.ts';
import { ChangeLog } from './change-log.ts';
import { countOutputs } from './count-outputs.ts';
import { Consumption, isScored, type JobResult, readAnswer, readScore } from './job-result.ts';
import { summarizeCase } from './summarize-case.ts';
import { summarizeModel } from './summarize-model.ts';
import type { CaseSummary, ModelResult, Summary } from './summary.ts';

/** Aggregates the events of a run one by one. It keeps figures, not answers. */
export class Report {
  #header: RunHeader | null = null;
  #end: EndReason | null = null;
  #early = false;
  /** Milliseconds of the parts before the last pause, and the bounds of the part since then. */
  #workedMs = 0;
  #beganAt: number | null = null;
  #lastAt = 0;
  #done = 0;
  readonly #jobs = new Map<string, JobResult>();
  readonly #consumption = new Consumption();
  readonly #changes = new ChangeLog();

  /** A later event of the same job replaces the earlier one. */
  add(event: RunEvent): void {
    this.#consumption.add(event);
    this.#changes.add(event);
    switch (event.t) {
      case 'start':
        this.#header = event.run;
        if (this.#beganAt === null) this.#begin(event.run.at);
        break;
      case 'resume':
        this.#end = null;
        this.#begin(event.at);
        break;
      case 'answer':
        this.#end = null;
        this.#seen(event.at);
        this.#update(event.job, readAnswer(event, this.#header?.replay ?? false));
        break;
      case 'score':
        if (!this.#jobs.get(event.job)?.score) this.#done++;
        this.#update(event.job, readScore(event));
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
    const cases = this.#summarizeCases();
    const jobs = [...this.#jobs.values()];
    const results = run.models.map((model) => ({
      ...summarizeModel(
        model,
        cases.filter((one) => (one.model ?? run.models[0]) === model),
        jobs.filter((job) => job.model === model),
        run,
      ),
      ...this.#changes.read(model),
    }));
    const [first = summarizeModel('', [], [], run) as ModelResult] = results;
    const { model: _, cases: counts, jobs: jobCounts, ...figures } = first;
    const consumption = this.#consumption.read();
    const answered = jobs.filter((job) => job.answered);
    const cached = answered.filter((job) => job.cached).length;
    return {
      v: 2,
      run,
      end: this.#end,
      ...(this.#early ? { early: this.#estimateSaving(consumption.cost) } : {}),
      durationMs: this.#workedMs + Math.max(0, this.#lastAt - (this.#beganAt ?? this.#lastAt)),
      totals: {
        ...counts,
        jobs: jobCounts,
        ...consumption,
        cachedShare: answered.length === 0 ? 0 : cached / answered.length,
      },
      ...figures,
      results,
      outputs: countOutputs(jobs),
    };
  }

  /** One entry per case and model: cases in the order of their first events, models in that of the run. */
  cases(about: readonly Case[] = []): CaseSummary[] {
    const known = new Map(about.map((item) => [item.id, item]));
    return this.#summarizeCases().map((summary) => {
      const item = known.get(summary.id);
      const group = item?.group ?? summary.group;
      return {
        ...summary,
        tags: item?.tags ?? [],
        ...(group === undefined ? {} : { group }),
      };
    });
  }

  /** Assumes that the skipped calls would have cost as much as the others. */
  #estimateSaving(cost: number | null): NonNullable<Summary['early']> {
    const { done, total } = this.progress();
    const calls = total - done;
    return { calls, cost: cost === null || done === 0 ? null : (cost / done) * calls };
  }

  #summarizeCases(): CaseSummary[] {
    const byCase = new Map<string, Map<string, JobResult[]>>();
    const models = this.#header?.models ?? [];
    for (const job of this.#jobs.values()) {
      // Older versions could resume a run on another model, whose answers are not those of this run.
      if (!isScored(job) || !models.includes(job.model)) continue;
      const byModel = byCase.get(job.case) ?? new Map<string, JobResult[]>();
      byCase.set(job.case, byModel);
      const known = byModel.get(job.model);
      if (known) known.push(job);
      else byModel.set(job.model, [job]);
    }
    const place = (model: string): number => (models.indexOf(model) + 1 || models.length + 1) - 1;
    return [...byCase].flatMap(([id, byModel]) =>
      [...byModel]
        .sort(([a], [b]) => place(a) - place(b))
        .map(([model, jobs]) => ({
          ...summarizeCase(id, jobs.filter(isScored)),
          ...(models.length > 1 ? { model } : {}),
        })),
    );
  }

  #update(id: string, values: Partial<JobResult>): void {
    const known = this.#jobs.get(id);
    if (known) Object.assign(known, values);
    else {
      const key = parseJobId(id);
      if (key) this.#jobs.set(id, { ...key, ...values });
    }
  }

  #begin(at: string): void {
    const time = Date.parse(at);
    if (this.#beganAt !== null) this.#workedMs += Math.max(0, this.#lastAt - this.#beganAt);
    this.#beganAt = time;
    this.#lastAt = time;
  }

  #seen(at: string): void {
    const time = Date.parse(at);
    if (time > this.#lastAt) this.#lastAt = time;
  }
}
