import type { ModelError, ModelErrorKind } from '../model.ts';

export interface RetryPolicy {
  /** Calls per request at most. */
  readonly attempts: number;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /**
   * If a provider asks for a longer pause, the case fails. So long in all, in milliseconds, a request waits for a
   * provider that takes no more calls for now, or that is still starting, whatever the number of attempts.
   */
  readonly maxWaitMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 4,
  delayMs: 500,
  maxDelayMs: 30_000,
  maxWaitMs: 120_000,
};

/** The provider is there and takes no call for now: too many of them, or its model is still being loaded. */
export function isBusy({ kind, status }: ModelError): boolean {
  return kind === 'rate-limit' || status === 503;
}

/** True if the next attempt, or another provider, may succeed. */
export function isRetryable(kind: ModelErrorKind): boolean {
  return (
    kind === 'rate-limit' || kind === 'network' || kind === 'timeout' || kind === 'unavailable'
  );
}

/** True if the provider may charge for the call although no answer arrived. */
export function mayBeBilled({ kind, status }: ModelError): boolean {
  if (kind === 'timeout' || kind === 'network' || kind === 'bad-answer' || kind === 'refused')
    return true;
  // Without a status the call was accepted, and something failed while it was answered.
  return kind === 'unavailable' && status === undefined;
}
