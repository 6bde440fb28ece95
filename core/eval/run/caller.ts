import type { Answer, ModelError, ModelPart, ModelRequest } from '../model.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerSource } from '../run-event.ts';
import { RunStopped } from '../run-stopped.ts';
import { OriginHealth, TargetHealth } from './call-health.ts';
import { CallUsage } from './call-usage.ts';
import type { Cancellation } from './cancellation.ts';
import { Limiter } from './limiter.ts';
import {
  DEFAULT_RETRY,
  isBusy,
  isRetryable,
  mayBeBilled,
  type RetryPolicy,
} from './retry-policy.ts';
import type { Spending } from './spending.ts';

/** Limits for each provider. */
export interface CallLimits {
  /** Concurrent calls. */
  concurrency(provider: string): number;
  /** Calls per minute; undefined = no limit. */
  requestsPerMinute?(provider: string): number | undefined;
  /** Tokens per minute, input and output; undefined = no limit. */
  tokensPerMinute?(provider: string): number | undefined;
  /** Calls of a request beyond the first, at most; undefined = as the policy says. */
  retries?(provider: string): number | undefined;
}

/** An answer or the last error, with the calls that it took. */
export interface CallResult {
  readonly answer?: Answer;
  readonly error?: ModelError;
  readonly source?: AnswerSource;
  /** When the model gave the answer (ISO 8601), if known. */
  readonly answeredAt?: string;
  readonly attempts: number;
  /** The number of calls that broke off and may be billed; their cost is unknown. */
  readonly broken: number;
  /** USD of the answer; null = unknown. */
  readonly cost: number | null;
  /** From the cache or a recording: no call was made, and `cost` is the cost of the original call. */
  readonly cached: boolean;
}

type EndPart = Extract<ModelPart, { kind: 'end' }>;

/** Calls models for a run, with limits, retries and a budget. An error affects only its own request. */
export class Caller {
  readonly #ports: RunPorts;
  readonly #cancellation: Cancellation;
  readonly #spending: Spending;
  readonly #retry: RetryPolicy;
  readonly #limits: CallLimits;
  readonly #limiters = new Map<string, Limiter>();
  readonly #origins = new Map<string, OriginHealth>();
  readonly #targets = new Map<string, TargetHealth>();
  readonly #usage: CallUsage;

  constructor(
    ports: RunPorts,
    cancellation: Cancellation,
    spending: Spending,
    limits: CallLimits,
    retry: RetryPolicy = DEFAULT_RETRY,
  ) {
    this.#ports = ports;
    this.#usage = new CallUsage(ports);
    this.#cancellation = cancellation;
    this.#spending = spending;
    this.#limits = limits;
    this.#retry = retry;
  }

  /** Calls a model until it answers or retrying is pointless. `model` is the id for prices and token counts. */
  async call(request: ModelRequest, model: string): Promise<CallResult> {
    const { cache } = this.#ports;
    const kept = await cache?.get(request);
    if (kept) {
      const { answer, at: answeredAt } = kept;
      const cost = answer.usage && this.#ports.costOf(model, answer.usage);
      return { answer, source: 'cache', answeredAt, attempts: 0, broken: 0, cost, cached: true };
    }
    const result = await this.#call(request, model);
    const { answer, answeredAt: at } = result;
    if (answer && at !== undefined) await cache?.put(request, { answer, at });
    return result;
  }

  async #call(request: ModelRequest, model: string): Promise<CallResult> {
    const origin = this.#origin(request.origin);
    const target = this.#target(request);
    const limiter = this.#limiter(request.provider);
    let broken = 0;
    let waited = 0;
    for (let attempt = 1; ; attempt++) {
      const refusal = target.findRefusal();
      if (refusal) return { error: refusal, attempts: attempt - 1, broken, cost: 0, cached: false };
      const { end, error, cost, paused, isAsked } = await this.#once(request, model);
      if (end) {
        target.succeed();
        origin.succeed();
        limiter.succeed();
        return { ...this.#describeEnd(end), attempts: attempt, broken, cost };
      }
      if (!isAsked) return { error, attempts: attempt - 1, broken, cost: 0, cached: false };
      if (cost === null) broken++;
      if (attempt > 1) waited += paused;
      target.fail(error);
      origin.fail(error, this.#ports.clock.now());
      const wait = this.#waitBefore({ attempt, waited, error, request });
      if (wait === null) {
        origin.lose(error);
        return { error, attempts: attempt, broken, cost: 0, cached: false };
      }
      waited += wait;
      await this.#cancellation.guard(this.#ports.clock.sleep(wait, this.#cancellation.signal));
    }
  }

  #describeEnd({
    answer,
    replayed,
  }: EndPart): Pick<CallResult, 'answer' | 'source' | 'answeredAt' | 'cached'> {
    if (!replayed) {
      const answeredAt = new Date(this.#ports.clock.now()).toISOString();
      return { answer, source: 'model', answeredAt, cached: false };
    }
    const { source, at } = replayed;
    return { answer, source, ...(at === undefined ? {} : { answeredAt: at }), cached: true };
  }

  async #once(
    request: ModelRequest,
    model: string,
  ): Promise<
    | { end: EndPart; error?: never; cost: number | null; paused: number; isAsked: true }
    | { end?: never; error: ModelError; cost: number | null; paused: number; isAsked: boolean }
  > {
    const limiter = this.#limiter(request.provider);
    const expected = this.#expectTokens(request, model);
    const acquired = limiter.acquire(this.#cancellation.signal, expected);
    const paused = await this.#cancellation.guard(acquired);
    try {
      const now = this.#ports.clock.now();
      const long = this.#origin(request.origin).findLongRefusal(this.#retry, now);
      if (long) return { error: long, cost: 0, paused, isAsked: false };
      const reservation = await this.#spending.reserve(() => this.#mayCost(request, model));
      let cost: number | null = null;
      let charged: number | undefined;
      try {
        const result = await this.#cancellation.guard(this.#complete(request));
        if ('end' in result) {
          const { usage } = result.end.answer;
          cost = usage && this.#ports.costOf(model, usage);
          charged = usage?.charged;
          this.#usage.record(request, model, usage?.output);
          if (usage) limiter.correctTokens(expected, usage.input + usage.output);
          return { end: result.end, cost, paused, isAsked: true };
        }
        cost = mayBeBilled(result.error) ? null : 0;
        // Before the slot is free: the next call would take it and begin.
        this.#pause(result.error, request, limiter);
        return { error: result.error, cost, paused, isAsked: true };
      } finally {
        this.#spending.settle(reservation, cost, charged);
      }
    } finally {
      limiter.release();
    }
  }

  async #complete(request: ModelRequest): Promise<{ end: EndPart } | { error: ModelError }> {
    const { signal } = this.#cancellation;
    try {
      for await (const part of this.#ports.model.complete(request, signal)) {
        if (part.kind === 'end') return { end: part };
        if (part.kind === 'error') return { error: part.error };
      }
      return {
        error: { kind: 'bad-answer', message: 'the model’s stream ended without an answer' },
      };
    } catch (error) {
      if (signal.aborted) throw new RunStopped('cancelled');
      return {
        error: { kind: 'bad-answer', message: `the call failed: ${(error as Error).message}` },
      };
    }
  }

  /** Starts no call to the provider for as long as it asks. */
  #pause(
    { kind, retryAfterMs = 0 }: ModelError,
    { provider }: ModelRequest,
    limiter: Limiter,
  ): void {
    if (kind !== 'rate-limit' || retryAfterMs > this.#retry.maxWaitMs) return;
    if (retryAfterMs > 0) limiter.pauseFor(retryAfterMs);
    // Without a hint the whole provider is asked less, not only for this request.
    else if (this.#limits.retries?.(provider) === undefined)
      limiter.backOff(this.#retry.delayMs, this.#retry.maxDelayMs);
  }

  /** Milliseconds until the next attempt; null if there is none. */
  #waitBefore({ attempt, waited, error, request }: FailedAttempt): number | null {
    if (!isRetryable(error.kind)) return null;
    const { attempts, delayMs, maxDelayMs, maxWaitMs } = this.#retry;
    const retries = this.#limits.retries?.(request.provider);
    const asked = error.retryAfterMs ?? 0;
    const backoff = Math.min(maxDelayMs, delayMs * 2 ** (attempt - 1));
    const jitter = this.#ports.random();
    const wait = asked > 0 ? asked + (jitter * delayMs) / 2 : backoff * (0.5 + jitter / 2);
    const isDown = this.#origin(request.origin).isDown(this.#limiter(request.provider).limit);
    const isPatient = retries === undefined && isBusy(error) && waited + wait <= maxWaitMs;
    const allowed = retries === undefined ? attempts : retries + 1;
    const mayTry = !isDown && (attempt < allowed || isPatient);
    return mayTry && asked <= maxWaitMs ? wait : null;
  }

  /** The tokens that a call may use, where they are limited; else 0, because counting takes time. */
  #expectTokens(request: ModelRequest, model: string): number {
    if (this.#limits.tokensPerMinute?.(request.provider) === undefined) return 0;
    const { input, output } = this.#usage.expect(request, model);
    return input + output;
  }

  /** The most that a call may cost, in USD; 0 if the price is unknown. */
  #mayCost(request: ModelRequest, model: string): number {
    return this.#ports.costOf(model, this.#usage.expect(request, model)) ?? 0;
  }

  #origin(origin: string): OriginHealth {
    const known = this.#origins.get(origin) ?? new OriginHealth();
    this.#origins.set(origin, known);
    return known;
  }

  #target({ provider, origin, model }: ModelRequest): TargetHealth {
    const key = JSON.stringify([provider, origin, model]);
    const known = this.#targets.get(key) ?? new TargetHealth();
    this.#targets.set(key, known);
    return known;
  }

  #limiter(provider: string): Limiter {
    const { concurrency, requestsPerMinute, tokensPerMinute } = this.#limits;
    const known =
      this.#limiters.get(provider) ??
      new Limiter(concurrency(provider), this.#ports.clock, {
        calls: requestsPerMinute?.(provider),
        tokens: tokensPerMinute?.(provider),
      });
    this.#limiters.set(provider, known);
    return known;
  }
}

/** A call that failed, as one of several for a request. */
interface FailedAttempt {
  /** Counted from 1. */
  readonly attempt: number;
  /** Milliseconds that the request has waited so far. */
  readonly waited: number;
  readonly error: ModelError;
  readonly request: ModelRequest;
}
