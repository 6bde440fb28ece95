import { acceptsTemperature } from '../../models/reasoning.ts';
import type { CheckContext, JudgeReply } from '../checks/check.ts';
import { SchemaCompiler } from '../checks/json-schema.ts';
import { type Job, listJobs, type Plan } from '../plan/plan.ts';
import { buildRequest, CaseValues, extractInstructions } from '../plan/request.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerEvent, EndReason, RunEvent, RunHeader, ScoreEvent } from '../run-event.ts';
import { RunStopped } from '../run-stopped.ts';
import { Caller, DEFAULT_RETRY } from './caller.ts';
import { Cancellation } from './cancellation.ts';
import { CaseGroups, type ReadyJob } from './case-groups.ts';
import { combineResults, evaluate } from './evaluate.ts';
import { EventQueue } from './event-queue.ts';
import { combineAsGhModels } from './gh-models.ts';
import { listJudges } from './judges.ts';
import { type EarlierPart, findRunProblem, type RunOptions } from './run-options.ts';
import { Spending } from './spending.ts';
import type { StopRule } from './stop-rule.ts';

/**
 * Runs a plan. Yields `start`, then for each job its `answer` before its `score`, then `end`. An error affects
 * only its own case. Aborting the signal, or leaving the loop, ends the run immediately; finished jobs are
 * kept. Throws if it cannot start (see `findRunProblem`), and on a bug, after an `end` with reason `failed`.
 */
export async function* run(
  plan: Plan,
  header: RunHeader,
  ports: RunPorts,
  options: RunOptions,
): AsyncGenerator<RunEvent> {
  const problem = findRunProblem(plan, ports, options);
  if (problem !== null) throw new Error(problem);
  const runner = new Runner(plan, header, ports, options);
  try {
    yield* runner.events();
  } finally {
    runner.dispose();
  }
}

function readRateLimit({ requestsPerMinute }: RunOptions) {
  return requestsPerMinute ? { requestsPerMinute } : {};
}

class Runner {
  readonly #plan: Plan;
  readonly #header: RunHeader;
  readonly #ports: RunPorts;
  readonly #earlier: EarlierPart | undefined;
  readonly #stop: StopRule | undefined;
  readonly #queue = new EventQueue<RunEvent>();
  readonly #cancellation: Cancellation;
  readonly #spending: Spending;
  readonly #caller: Caller;
  readonly #checks: CheckContext;
  readonly #groups: CaseGroups;
  readonly #instructions: readonly string[];
  readonly #concurrency: (provider: string) => number;
  /** True if some jobs were not run. */
  #cut = false;
  /** True if the stop rule is satisfied: no further job starts. */
  #decided = false;

  constructor(plan: Plan, header: RunHeader, ports: RunPorts, options: RunOptions) {
    this.#plan = plan;
    this.#header = header;
    this.#ports = ports;
    this.#earlier = options.earlier;
    this.#stop = options.stop;
    const { concurrency = 4 } = options;
    this.#concurrency = typeof concurrency === 'number' ? () => concurrency : concurrency;
    this.#cancellation = new Cancellation(options.signal);
    // A replay spends nothing.
    this.#spending = new Spending(header.replay ? null : (options.maxCost ?? null));
    this.#caller = new Caller(
      ports,
      this.#cancellation,
      this.#spending,
      { concurrency: this.#concurrency, ...readRateLimit(options) },
      options.retry ?? DEFAULT_RETRY,
    );
    this.#groups = new CaseGroups(plan, (job) => options.earlier?.isDone(job) ?? false);
    this.#instructions = extractInstructions(plan.document);
    this.#checks = {
      regex: ports.regex,
      schemas: new SchemaCompiler(ports.regex),
      countTokens: ports.countTokens,
      judge: plan.judge,
      ask: () => Promise.reject(new Error('no case is being judged')),
    };
  }

  async *events(): AsyncGenerator<RunEvent> {
    void this.#work();
    yield* this.#queue;
  }

  dispose(): void {
    this.#cancellation.cancel();
    this.#queue.close();
    this.#cancellation.dispose();
  }

  async #work(): Promise<void> {
    try {
      if (!this.#earlier || this.#earlier.restart)
        await this.#queue.push({ t: 'start', v: 1, run: this.#header });
      const providers = new Set(this.#plan.models.map((m) => m.provider));
      const judged = listJudges(this.#plan).length > 0;
      const workers: Promise<void>[] = [];
      for (const provider of providers) {
        const jobs = this.#jobsOf(provider);
        // While a judge reads one answer, the next one can be requested.
        const count = this.#concurrency(provider) * (judged ? 2 : 1);
        for (let i = 0; i < Math.max(1, count); i++) workers.push(this.#worker(jobs));
      }
      await Promise.all(workers);
      await this.#end(this.#endReason());
      this.#queue.close();
    } catch (error) {
      this.#cancellation.cancel();
      await this.#end('failed');
      this.#queue.close(error);
    }
  }

  #endReason(): EndReason {
    if (!this.#cut) return 'done';
    return this.#cancellation.signal.aborted ? 'cancelled' : 'budget';
  }

  #end(reason: EndReason): Promise<void> {
    const early = this.#decided && reason === 'done' ? { early: true as const } : {};
    return this.#queue.push({ t: 'end', reason, at: this.#now(), ...early });
  }

  *#jobsOf(provider: string): Generator<Job> {
    for (const job of this.#stop?.jobs() ?? listJobs(this.#plan)) {
      if (job.model.provider === provider && !this.#earlier?.isDone(job.id)) yield job;
    }
  }

  async #worker(jobs: Generator<Job>): Promise<void> {
    try {
      for (let next = jobs.next(); !next.done; next = jobs.next()) {
        if (this.#cancellation.signal.aborted) throw new RunStopped('cancelled');
        if (this.#spending.exhausted) throw new RunStopped('budget');
        await this.#run(next.value);
        if (this.#decided) return;
      }
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
      this.#cut = true;
    }
  }

  async #run(job: Job): Promise<void> {
    if (job.case.skip) {
      await this.#scored(job, [], { score: null, outcome: 'skipped' });
      return;
    }
    const sent = buildRequest(this.#plan, job);
    const kept = this.#earlier?.findAnswer(job.id);
    const event = kept ?? (await this.#answer(job, sent));
    if (!kept) await this.#queue.push(event);
    for (const ready of this.#groups.add({ job, event, sent })) await this.#score(ready);
  }

  async #score({ job, event, sent, group }: ReadyJob): Promise<void> {
    const { answer } = event;
    if (!answer) {
      await this.#scored(job, [], { score: null, outcome: 'errored' });
      return;
    }
    const results = await evaluate(
      job.case.evaluators,
      {
        answer,
        cost: event.cost,
        cached: event.cached,
        model: job.model.id,
        messages: 'request' in sent ? sent.request.messages : [],
        instructions: this.#instructions,
        values: new CaseValues(job.case, this.#plan.document.variables),
        ...(group ? { group } : {}),
        allowMissing: this.#plan.allowMissing,
      },
      {
        ...this.#checks,
        ask: (model, messages, input) => this.#ask(job, model, messages, input.evaluator.name),
      },
      this.#plan.compat,
    );
    const verdict = this.#plan.compat
      ? combineAsGhModels(results)
      : combineResults(results, job.case.threshold);
    await this.#scored(job, results, verdict);
  }

  async #scored(
    job: Job,
    results: ScoreEvent['results'],
    verdict: Pick<ScoreEvent, 'score' | 'outcome'>,
  ): Promise<void> {
    const event: ScoreEvent = { t: 'score', job: job.id, results, ...verdict };
    this.#decided ||= this.#stop?.isDecided(event) ?? false;
    await this.#queue.push(event);
  }

  async #answer(job: Job, sent: ReturnType<typeof buildRequest>): Promise<AnswerEvent> {
    if ('error' in sent) {
      const error = { kind: 'bad-request', message: sent.error } as const;
      return {
        t: 'answer',
        job: job.id,
        error,
        cached: false,
        attempts: 0,
        cost: 0,
        at: this.#now(),
      };
    }
    const { cached, ...result } = await this.#caller.call(sent.request, job.model.id);
    return {
      t: 'answer',
      job: job.id,
      ...result,
      cached: cached || this.#header.replay,
      at: this.#now(),
    };
  }

  async #ask(
    job: Job,
    model: string,
    messages: Parameters<CheckContext['ask']>[1],
    name: string,
  ): Promise<JudgeReply> {
    const target = this.#ports.resolveModel(model);
    if ('error' in target) return { error: `the judge ${model}: ${target.error}`, cost: 0 };
    const { answer, error, cost, cached } = await this.#caller.call(
      {
        provider: target.provider,
        origin: target.origin,
        model: target.model,
        messages,
        parameters: acceptsTemperature(target.model) ? { temperature: 0 } : {},
        why: { case: job.case.id, repeat: job.repeat, role: `judge:${name}` },
      },
      model,
    );
    const paid = cached || this.#header.replay ? 0 : cost;
    if (answer) return { text: answer.text, cost: paid };
    return {
      error: `the judge ${model} did not answer: ${error?.message ?? 'no reason given'}`,
      cost: paid,
    };
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}
