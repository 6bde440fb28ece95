import type { CheckContext } from '../checks/check.ts';
import { SchemaCompiler } from '../checks/json-schema.ts';
import type { Answer } from '../model.ts';
import { type Job, listJobs, type Plan } from '../plan/plan.ts';
import { buildRequest, CaseValues, extractInstructions } from '../plan/request.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerEvent, EndReason, RunEvent, RunHeader, ScoreEvent } from '../run-event.ts';
import { RunStopped } from '../run-stopped.ts';
import { askJudge } from './ask-judge.ts';
import { Caller } from './caller.ts';
import { Cancellation } from './cancellation.ts';
import { CaseGroups, type ReadyJob } from './case-groups.ts';
import { combineResults, evaluate } from './evaluate.ts';
import { EventQueue } from './event-queue.ts';
import { findFault, findRequestFault } from './find-fault.ts';
import { combineAsGhModels } from './gh-models.ts';
import { listJudges } from './judges.ts';
import { DEFAULT_RETRY, isRetryable } from './retry-policy.ts';
import {
  type EarlierPart,
  findRunProblem,
  type RunOptions,
  readRateLimits,
} from './run-options.ts';
import { type OpenJob, SecondAsking } from './second-asking.ts';
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

/** What the provider's filter refuses is an answer to judge: a case may ask for it. */
function readRefusal({ error }: AnswerEvent): Answer | null {
  if (error?.kind !== 'refused') return null;
  return { text: '', finishReason: 'content-filter', usage: null, latencyMs: 0, servedBy: '' };
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
  readonly #secondAsking: SecondAsking;
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
    this.#secondAsking = new SecondAsking(this.#concurrency);
    this.#cancellation = new Cancellation(options.signal);
    // A replay spends nothing.
    const limit = header.replay ? null : (options.maxCost ?? null);
    this.#spending = options.spending ?? new Spending(limit);
    this.#caller = new Caller(
      ports,
      this.#cancellation,
      this.#spending,
      { concurrency: this.#concurrency, ...readRateLimits(options) },
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
        await this.#queue.push({ t: 'start', v: 2, run: this.#header });
      if (this.#earlier) await this.#queue.push({ t: 'resume', at: this.#now() });
      await this.#runAll((provider) => this.#jobsOf(provider));
      const again = this.#secondAsking.begin();
      if (!this.#cut && !this.#decided)
        await this.#runAll((name) => again.filter(({ job }) => job.model.provider === name));
      await this.#end(this.#endReason());
      this.#queue.close();
    } catch (error) {
      this.#cancellation.cancel();
      await this.#end('failed');
      this.#queue.close(error);
    }
  }

  /** Runs jobs of all providers concurrently. */
  async #runAll(listOf: (provider: string) => Iterable<OpenJob>): Promise<void> {
    const providers = new Set(this.#plan.models.map((m) => m.provider));
    const judged = listJudges(this.#plan).length > 0;
    const workers: Promise<void>[] = [];
    for (const provider of providers) {
      const jobs = listOf(provider)[Symbol.iterator]();
      // While a judge reads one answer, the next one can be requested.
      const count = this.#concurrency(provider) * (judged ? 2 : 1);
      for (let i = 0; i < Math.max(1, count); i++) workers.push(this.#worker(jobs));
    }
    await Promise.all(workers);
  }

  #endReason(): EndReason {
    if (!this.#cut) return this.#earlier?.ended?.reason ?? 'done';
    return this.#cancellation.signal.aborted ? 'cancelled' : 'budget';
  }

  #end(reason: EndReason): Promise<void> {
    const isEarly = this.#decided || (this.#earlier?.ended?.early ?? false);
    const early = isEarly && reason === 'done' ? { early: true as const } : {};
    return this.#queue.push({ t: 'end', reason, at: this.#now(), ...early });
  }

  *#jobsOf(provider: string): Generator<OpenJob> {
    for (const job of this.#stop?.jobs() ?? listJobs(this.#plan)) {
      if (job.model.provider === provider && !this.#earlier?.isDone(job.id)) yield { job };
    }
  }

  async #worker(jobs: Iterator<OpenJob>): Promise<void> {
    try {
      for (let next = jobs.next(); !next.done; next = jobs.next()) {
        if (this.#cancellation.signal.aborted) throw new RunStopped('cancelled');
        if (this.#spending.exhausted) throw new RunStopped('budget');
        const { job, ready, event } = next.value;
        await (ready ? this.#score(ready) : this.#run(job, event));
        if (this.#decided) return;
      }
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
      this.#cut = true;
    }
  }

  /** `before` is what the job came to the first time, if it is asked once more. */
  async #run(job: Job, before?: AnswerEvent): Promise<void> {
    if (job.case.skip) {
      await this.#scored(job, [], { score: null, outcome: 'skipped' });
      return;
    }
    const sent = buildRequest(this.#plan, job);
    const kept =
      before && this.#secondAsking.isDown(job) ? before : this.#earlier?.findAnswer(job.id);
    const event = kept ?? (await this.#answer(job, sent));
    if (before) this.#secondAsking.count(job, event);
    if (!kept) await this.#queue.push(event);
    const isPassing = event.error !== undefined && isRetryable(event.error.kind);
    if (isPassing && this.#secondAsking.add({ job, event })) return;
    for (const ready of this.#groups.add({ job, event, sent })) await this.#score(ready);
  }

  async #score(ready: ReadyJob): Promise<void> {
    const { job, event, sent, group } = ready;
    const { compat } = this.#plan;
    const answer = event.answer ?? (compat === null ? readRefusal(event) : null);
    if (!answer) {
      const fault = compat === null ? findRequestFault(event) : null;
      const outcome = fault ? 'failed' : 'errored';
      await this.#scored(job, [], {
        score: fault ? 0 : null,
        outcome,
        ...(fault ? { fault } : {}),
      });
      return;
    }
    const asked = { broken: 0, failed: false };
    const results = await evaluate(
      job.case.evaluators,
      {
        answer,
        cost: event.cost,
        cached: event.cached,
        model: job.model.id,
        messages: 'request' in sent ? sent.request.messages : [],
        instructions: this.#instructions,
        values: new CaseValues(job.case, this.#plan.document),
        ...(group ? { group } : {}),
        allowMissing: this.#plan.allowMissing,
      },
      {
        ...this.#checks,
        ask: async (model, messages, input) => {
          const { broken, isPassing, ...reply } = await askJudge(
            { model, messages, job, evaluator: input.evaluator },
            this.#ports,
            this.#caller,
          );
          asked.broken += broken;
          asked.failed ||= isPassing;
          return reply;
        },
      },
      compat,
    );
    const verdict = compat
      ? combineAsGhModels(results)
      : combineResults(results, job.case.threshold);
    const fault = compat === null ? findFault(answer, job.case.evaluators, results) : null;
    const isOpen = !fault && verdict.outcome === 'errored' && asked.failed;
    if (isOpen && this.#secondAsking.add({ job, ready })) return;
    await this.#scored(job, results, {
      ...verdict,
      ...(fault ? { outcome: 'failed', score: 0, fault } : {}),
      ...(asked.broken > 0 ? { broken: asked.broken } : {}),
    });
  }

  async #scored(
    job: Job,
    results: ScoreEvent['results'],
    verdict: Pick<ScoreEvent, 'score' | 'outcome' | 'fault' | 'broken'>,
  ): Promise<void> {
    const { group } = job.case;
    const event: ScoreEvent = {
      t: 'score',
      job: job.id,
      results,
      ...verdict,
      ...(group === undefined ? {} : { group }),
    };
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
    const { broken, ...result } = await this.#caller.call(sent.request, job.model.id);
    return {
      t: 'answer',
      job: job.id,
      ...result,
      // Nothing is spent in a replay, whatever answers.
      ...(this.#header.replay ? { cached: true } : {}),
      ...(broken > 0 ? { broken } : {}),
      at: this.#now(),
    };
  }

  #now(): string {
    return new Date(this.#ports.clock.now()).toISOString();
  }
}
