import type { Answer, ModelError, ModelErrorKind, ModelRequest } from '../model.ts';
import type { RunPorts } from '../ports.ts';
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

/** An answer or the last error, the number of calls, and their cost in USD (null = unknown). */
export interface CallResult {
  readonly answer?: Answer;
  readonly error?: ModelError;
  readonly attempts: number;
  readonly cost: number | null;
  /** From the cache: no call was made, and `cost` is the cost of the original call. */
  readonly cached: boolean;
}

/** The state of one origin during a run. */
interface Origin {
  /** At least one call succeeded. */
  worked: boolean;
  /** It rejected the key before any call succeeded, so it would reject all further calls. */
  refused: ModelError | null;
  /** Consecutive requests that failed for good. */
  lost: number;
}

/** Calls models for a run, with limits, retries and a budget. An error affects only its own request. */
export class Caller {
  readonly #ports: RunPorts;
  readonly #cancellation: Cancellation;
  readonly #spending: Spending;
  readonly #retry: RetryPolicy;
  readonly #limits: CallLimits;
  readonly #limiters = new Map<string, Limiter>();
  readonly #origins = new Map<string, Origin>();
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
      const cost = kept.usage && this.#ports.costOf(model, kept.usage);
      return { answer: kept, attempts: 0, cost, cached: true };
    }
    const result = await this.#call(request, model);
    if (result.answer) await cache?.put(request, result.answer);
    return { ...result, cached: false };
  }

  async #call(request: ModelRequest, model: string): Promise<Omit<CallResult, 'cached'>> {
    const origin = this.#origin(request.origin);
    const limiter = this.#limiter(request.provider);
    for (let attempt = 1; ; attempt++) {
      if (origin.refused) return { error: origin.refused, attempts: attempt - 1, cost: 0 };
      const { answer, error, cost } = await this.#once(request, model, limiter);
      if (answer) {
        origin.worked = true;
        origin.lost = 0;
        return { answer, attempts: attempt, cost };
      }
      if (error.kind === 'auth' && !origin.worked) origin.refused = error;
      const wait = this.#waitBefore(attempt, error, origin, limiter);
      if (wait === null) {
        if (isRetryable(error.kind)) origin.lost++;
        return { error, attempts: attempt, cost };
      }
      await this.#cancellation.guard(this.#ports.clock.sleep(wait, this.#cancellation.signal));
    }
  }

  async #once(
    request: ModelRequest,
    model: string,
    limiter: Limiter,
  ): Promise<
    | { answer: Answer; error?: never; cost: number | null }
    | { answer?: never; error: ModelError; cost: number | null }
  > {
    await this.#cancellation.guard(limiter.acquire(this.#cancellation.signal));
    try {
      const reservation = await this.#spending.reserve(() => this.#mayCost(request, model));
      let cost: number | null = null;
      let charged: number | undefined;
      try {
        const result = await this.#cancellation.guard(this.#complete(request));
        if ('answer' in result) {
          const { usage } = result.answer;
          cost = usage && this.#ports.costOf(model, usage);
          charged = usage?.charged;
          this.#countOutput(request, model, usage?.output);
          return { answer: result.answer, cost };
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

  async #complete(request: ModelRequest): Promise<{ answer: Answer } | { error: ModelError }> {
    const { signal } = this.#cancellation;
    try {
      for await (const part of this.#ports.model.complete(request, signal)) {
        if (part.kind === 'end') return { answer: part.answer };
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
    const known = this.#origins.get(origin) ?? { worked: false, refused: null, lost: 0 };
    this.#origins.set(origin, known);
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

/** True if the provider may charge for the call although no answer arrived. */
function mayBeBilled(kind: ModelErrorKind): boolean {
  return kind === 'timeout' || kind === 'network' || kind === 'bad-answer' || kind === 'refused';
}

function outputKey({ why }: ModelRequest, model: string): string {
  return `${why.role === 'answer' ? 'answer' : 'judge'} ${model}`;
}
