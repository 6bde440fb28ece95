import type { Answer, ModelError, ModelRequest } from '../model.ts';
import type { ModelTarget, RunPorts } from '../ports.ts';
import { DEFAULT_RETRY, isRetryable, type RetryPolicy } from './retry-policy.ts';

/** A part of a streamed answer, or a retry. */
export type AnswerStreamPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Discards the text so far: the same provider is called again in `inMs` milliseconds. */
  | { readonly kind: 'again'; readonly error: ModelError; readonly inMs: number }
  /** Discards the text so far: the provider is down, and the next one of the route is called. */
  | { readonly kind: 'elsewhere'; readonly error: ModelError; readonly target: ModelTarget }
  | {
      readonly kind: 'end';
      readonly answer: Answer;
      /** USD; null = unknown. */
      readonly cost: number | null;
      readonly target: ModelTarget;
    }
  | { readonly kind: 'error'; readonly error: ModelError; readonly target: ModelTarget };

/** For interactive use: fewer attempts than in a run, and no long pauses. */
export const INTERACTIVE_RETRY: RetryPolicy = {
  ...DEFAULT_RETRY,
  attempts: 3,
  maxDelayMs: 4000,
  maxWaitMs: 20_000,
};

/**
 * Streams one answer. An outage is retried, then the next of `targets` is called. Ends with one `end` or
 * `error`; throws the signal's reason if it aborts.
 */
export async function* streamAnswer(
  request: ModelRequest,
  targets: readonly [ModelTarget, ...ModelTarget[]],
  ports: Pick<RunPorts, 'model' | 'clock' | 'random' | 'costOf'>,
  signal: AbortSignal,
  retry: RetryPolicy = INTERACTIVE_RETRY,
): AsyncGenerator<AnswerStreamPart> {
  let [target, ...others] = targets;
  for (let attempt = 1; ; attempt++) {
    const last = yield* streamOnce(redirect(request, target), ports, signal);
    signal.throwIfAborted();
    if ('answer' in last) {
      const { usage } = last.answer;
      const cost = usage && ports.costOf(target.id, usage);
      return yield { kind: 'end', answer: last.answer, cost, target };
    }
    const { error } = last;
    const wait = computePause(attempt, error, retry, ports.random());
    const [next, ...rest] = others;
    if (wait !== null) {
      yield { kind: 'again', error, inMs: wait };
      await ports.clock.sleep(wait, signal);
    } else if (next && isRetryable(error.kind)) {
      yield { kind: 'elsewhere', error, target: next };
      target = next;
      others = rest;
      attempt = 0;
    } else return yield { kind: 'error', error, target };
  }
}

/** The same request to another provider. */
function redirect(
  { connection: _, ...request }: ModelRequest,
  { provider, origin, model, connection }: ModelTarget,
): ModelRequest {
  return { ...request, provider, origin, model, ...(connection ? { connection } : {}) };
}

async function* streamOnce(
  request: ModelRequest,
  { model }: Pick<RunPorts, 'model'>,
  signal: AbortSignal,
): AsyncGenerator<AnswerStreamPart, { answer: Answer } | { error: ModelError }> {
  for await (const part of model.complete(request, signal)) {
    if (part.kind === 'end') return { answer: part.answer };
    if (part.kind === 'error') return { error: part.error };
    yield part;
  }
  return { error: { kind: 'bad-answer', message: 'the model’s stream ended without an answer' } };
}

/** Milliseconds until the next attempt; null if there is none. */
function computePause(
  attempt: number,
  { kind, retryAfterMs = 0 }: ModelError,
  { attempts, delayMs, maxDelayMs, maxWaitMs }: RetryPolicy,
  random: number,
): number | null {
  // A user who watched a timeout does not want to wait for another one.
  if (!isRetryable(kind) || kind === 'timeout') return null;
  if (attempt >= attempts || retryAfterMs > maxWaitMs) return null;
  const backoff = Math.min(maxDelayMs, delayMs * 2 ** (attempt - 1));
  return retryAfterMs > 0 ? retryAfterMs : backoff * (0.5 + random / 2);
}
