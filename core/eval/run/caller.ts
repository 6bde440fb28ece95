import type { Answer, ModelError, ModelErrorKind, ModelPart, ModelRequest } from '../model.ts';
import type { RunPorts } from '../ports.ts';
import type { AnswerSource } from '../run-event.ts';
import { RunStopped } from '../run-stopped.ts';
import type { Cancellation } from './cancellation.ts';
import { Limiter } from './limiter.ts';
import type { Spending } from './spending.ts';

export interface RetryPolicy {
  /** Calls per request at most. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** If a provider asks for a longer pause, the case fails. */
  readonly maxWaitMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 4,
  delayMs: 500,
  maxDelayMs: 30_000,
  maxWaitMs: 120_000,
};

/** Limits for each provider. */
export interface CallLimits {
  /** Concurrent calls. */
  concurrency(provider: string): number;
  /** Calls per minute; undefined = no limit. */
  requestsPerMinute?(provider: string): number | undefined;
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

/** The state of one origin during a run. */
interface Origin {
  /** Consecutive requests that failed for good. */
  lost: number;
}

/** The state of one model at one origin during a run. */
interface Target {
  /** At least one call succeeded. */
  worked: boolean;
  /** The last permanent failure, and how many equal ones came one after the other. */
  failure: ModelError | null;
  failures: number;
}

/** After this many equal permanent failures and no success, further calls would fail the same way. */
const MAX_PERMANENT_FAILURES = 2;

/** Calls models for a run, with limits, retries and a budget. An error affects only its own request. */
export class Caller {
  readonly #ports: RunPorts;
  readonly #cancellation: Cancellation;
  readonly #spending: Spending;
  readonly #retry: RetryPolicy;
  readonly #limits: CallLimits;
  readonly #limiters = new Map<string, Limiter>();
  readonly #origins = new Map<string, Origin>();
  readonly #targets = new Map<string, Target>();
  /** Output tokens so far by model and role, to estimate the cost of the next call. */
  readonly #outputs = new Map<string, { calls: number; tokens: number }>();

  constructor(
    ports: RunPorts,
    cancellation: Cancellation,
    spending: Spending,
    limits: CallLimits,
    retry: RetryPolicy = DEFAULT_RETRY,
  ) {
    this.#ports = ports;
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
    for (let attempt = 1; ; attempt++) {
      const refusal = findRefusal(target);
      if (refusal) return { error: refusal, attempts: attempt - 1, broken, cost: 0, cached: false };
      const { end, error, cost } = await this.#once(request, model, limiter);
      if (end) {
        target.worked = true;
        origin.lost = 0;
        return { ...this.#describeEnd(end), attempts: attempt, broken, cost };
      }
      if (cost === null) broken++;
      countFailure(target, error);
      const wait = this.#waitBefore(attempt, error, origin, limiter);
      if (wait === null) {
        if (isRetryable(error.kind)) origin.lost++;
        return { error, attempts: attempt, broken, cost: 0, cached: false };
      }
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
    limiter: Limiter,
  ): Promise<
    | { end: EndPart; error?: never; cost: number | null }
    | { end?: never; error: ModelError; cost: number | null }
  > {
    await this.#cancellation.guard(limiter.acquire(this.#cancellation.signal));
    try {
      const reservation = await this.#spending.reserve(() => this.#mayCost(request, model));
      let cost: number | null = null;
      let charged: number | undefined;
      try {
        const result = await this.#cancellation.guard(this.#complete(request));
        if ('end' in result) {
          const { usage } = result.end.answer;
          cost = usage && this.#ports.costOf(model, usage);
          charged = usage?.charged;
          this.#countOutput(request, model, usage?.output);
          return { end: result.end, cost };
        }
        cost = mayBeBilled(result.error.kind) ? null : 0;
        // Before the slot is free: the next call would take it and begin.
        this.#pause(result.error, limiter);
        return { error: result.error, cost };
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
  #pause({ kind, retryAfterMs = 0 }: ModelError, limiter: Limiter): void {
    if (kind === 'rate-limit' && retryAfterMs > 0 && retryAfterMs <= this.#retry.maxWaitMs)
      limiter.pauseFor(retryAfterMs);
  }

  /** Milliseconds until the next attempt; null if there is none. */
  #waitBefore(attempt: number, error: ModelError, origin: Origin, limiter: Limiter): number | null {
    if (!isRetryable(error.kind)) return null;
    const { attempts, delayMs, maxDelayMs, maxWaitMs } = this.#retry;
    // After that many consecutive failures an origin counts as down: each further request is tried once.
    const allowed = origin.lost >= 2 * limiter.limit ? 1 : attempts;
    const asked = error.retryAfterMs ?? 0;
    if (attempt >= allowed || asked > maxWaitMs) return null;
    const backoff = Math.min(maxDelayMs, delayMs * 2 ** (attempt - 1));
    const jitter = this.#ports.random();
    return asked > 0 ? asked + (jitter * delayMs) / 2 : backoff * (0.5 + jitter / 2);
  }

  /** The most that a call may cost, in USD; 0 if the price is unknown. */
  #mayCost(request: ModelRequest, model: string): number {
    // If tokens cannot be counted, assume one per character: more is rare.
    const count = (text: string) => this.#ports.countTokens(text, model) ?? text.length;
    const schema = request.jsonSchema === undefined ? '' : JSON.stringify(request.jsonSchema);
    const input = request.messages.reduce(
      (sum, { content }) => sum + 4 + count(content),
      schema === '' ? 3 : 3 + count(schema),
    );
    const { maxTokens, maxCompletionTokens } = request.parameters;
    const seen = this.#outputs.get(outputKey(request, model));
    const guess = seen ? (4 * seen.tokens) / seen.calls : 1000;
    const output = maxCompletionTokens ?? maxTokens ?? guess;
    return this.#ports.costOf(model, { input, output }) ?? 0;
  }

  #countOutput(request: ModelRequest, model: string, output: number | undefined): void {
    if (output === undefined) return;
    const key = outputKey(request, model);
    const seen = this.#outputs.get(key) ?? { calls: 0, tokens: 0 };
    this.#outputs.set(key, { calls: seen.calls + 1, tokens: seen.tokens + output });
  }

  #origin(origin: string): Origin {
    const known = this.#origins.get(origin) ?? { lost: 0 };
    this.#origins.set(origin, known);
    return known;
  }

  #target({ provider, origin, model }: ModelRequest): Target {
    const key = JSON.stringify([provider, origin, model]);
    const known = this.#targets.get(key) ?? { worked: false, failure: null, failures: 0 };
    this.#targets.set(key, known);
    return known;
  }

  #limiter(provider: string): Limiter {
    const { concurrency, requestsPerMinute } = this.#limits;
    const known =
      this.#limiters.get(provider) ??
      new Limiter(concurrency(provider), this.#ports.clock, requestsPerMinute?.(provider));
    this.#limiters.set(provider, known);
    return known;
  }
}

/** True if the next attempt, or another provider, may succeed. */
export function isRetryable(kind: ModelErrorKind): boolean {
  return (
    kind === 'rate-limit' || kind === 'network' || kind === 'timeout' || kind === 'unavailable'
  );
}

/** True if every further call to the model would fail the same way. */
function isPermanent(kind: ModelErrorKind): boolean {
  return kind === 'auth' || kind === 'quota' || kind === 'not-found' || kind === 'bad-answer';
}

function countFailure(target: Target, error: ModelError): void {
  if (!isPermanent(error.kind)) return;
  const isEqual = target.failure?.kind === error.kind && target.failure.message === error.message;
  target.failures = isEqual ? target.failures + 1 : 1;
  target.failure = error;
}

/** The failure that ends the calls to a model; null as long as it may answer. */
function findRefusal({ worked, failure, failures }: Target): ModelError | null {
  return !worked && failures >= MAX_PERMANENT_FAILURES ? failure : null;
}

/** True if the provider may charge for the call although no answer arrived. */
function mayBeBilled(kind: ModelErrorKind): boolean {
  return kind === 'timeout' || kind === 'network' || kind === 'bad-answer' || kind === 'refused';
}

function outputKey({ why }: ModelRequest, model: string): string {
  return `${why.role === 'answer' ? 'answer' : 'judge'} ${model}`;
}
