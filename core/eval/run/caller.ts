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
  /** A provider that asks for a longer pause is given up on for this case. */
  readonly maxWaitMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 4,
  delayMs: 500,
  maxDelayMs: 30_000,
  maxWaitMs: 120_000,
};

/** What is asked of each provider. */
export interface CallLimits {
  /** Calls at a time. */
  concurrency(provider: string): number;
  /** Calls a minute; undefined = as many as come. */
  requestsPerMinute?(provider: string): number | undefined;
}

/** An answer or the last error, how many calls it took and what is known of their cost in USD. */
export interface CallResult {
  readonly answer?: Answer;
  readonly error?: ModelError;
  readonly attempts: number;
  readonly cost: number | null;
  /** From the cache: nothing was called or spent, and `cost` is what it cost then. */
  readonly cached: boolean;
}

/** What a caller knows of one origin. */
interface Origin {
  /** It has answered. */
  worked: boolean;
  /** It refused the key before it ever answered: further calls would all be refused. */
  refused: ModelError | null;
  /** Requests in a row that failed for good without an answer. */
  lost: number;
}

/** Calls models for a run: limits, retries, money. One request's error is only ever its own. */
export class Caller {
  readonly #ports: RunPorts;
  readonly #cancellation: Cancellation;
  readonly #spending: Spending;
  readonly #retry: RetryPolicy;
  readonly #limits: CallLimits;
  readonly #limiters = new Map<string, Limiter>();
  readonly #origins = new Map<string, Origin>();
  /** Output tokens so far by model and role, for what the next call may cost. */
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

  /** Calls until there is an answer or no hope. `model` is the id that prices and tokens go by. */
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
      try {
        const result = await this.#cancellation.guard(this.#complete(request));
        if ('answer' in result) {
          const { usage } = result.answer;
          cost = usage && this.#ports.costOf(model, usage);
          this.#countOutput(request, model, usage?.output);
          return { answer: result.answer, cost };
        }
        cost = mayBeBilled(result.error.kind) ? null : 0;
        return { error: result.error, cost };
      } finally {
        this.#spending.settle(reservation, cost);
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
        error: { kind: 'bad-answer', message: `the call broke: ${(error as Error).message}` },
      };
    }
  }

  /** Milliseconds to wait before the next attempt, or null when there is none. */
  #waitBefore(attempt: number, error: ModelError, origin: Origin, limiter: Limiter): number | null {
    if (!isRetryable(error.kind)) return null;
    const { attempts, delayMs, maxDelayMs, maxWaitMs } = this.#retry;
    // An origin that lost that many requests in a row is down: each further one is tried once.
    const allowed = origin.lost >= 2 * limiter.limit ? 1 : attempts;
    const asked = error.retryAfterMs ?? 0;
    if (error.kind === 'rate-limit' && asked > 0 && asked <= maxWaitMs) {
      limiter.pauseFor(asked);
    }
    if (attempt >= allowed || asked > maxWaitMs) return null;
    const backoff = Math.min(maxDelayMs, delayMs * 2 ** (attempt - 1));
    const jitter = this.#ports.random();
    return asked > 0 ? asked + (jitter * delayMs) / 2 : backoff * (0.5 + jitter / 2);
  }

  /** The most that a call may cost, in USD; 0 where the price is unknown. shapes.md §7. */
  #mayCost(request: ModelRequest, model: string): number {
    const input = request.messages.reduce((sum, { content }) => {
      // Where tokens cannot be counted, one per character: more is rare.
      return sum + 4 + (this.#ports.countTokens(content, model) ?? content.length);
    }, 3);
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

/** True for what may go better the next time, or elsewhere. */
export function isRetryable(kind: ModelErrorKind): boolean {
  return (
    kind === 'rate-limit' || kind === 'network' || kind === 'timeout' || kind === 'unavailable'
  );
}

/** The provider may have worked, and charged, for a call whose answer did not arrive. */
function mayBeBilled(kind: ModelErrorKind): boolean {
  return kind === 'timeout' || kind === 'network' || kind === 'bad-answer' || kind === 'refused';
}

function outputKey({ why }: ModelRequest, model: string): string {
  return `${why.role === 'answer' ? 'answer' : 'judge'} ${model}`;
}
