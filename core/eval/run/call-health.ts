import type { ModelError, ModelErrorKind } from '../model.ts';
import { isBusy, isRetryable, type RetryPolicy } from './retry-policy.ts';

/** How an origin has answered during a run. */
export class OriginHealth {
  /** Consecutive requests that failed for good. */
  #lost = 0;
  /** Since when, and why, it takes no calls: nothing was answered in between. */
  #busy: { readonly since: number; readonly count: number; readonly error: ModelError } | null =
    null;

  succeed(): void {
    this.#lost = 0;
    this.#busy = null;
  }

  /** A call failed at `now`. */
  fail(error: ModelError, now: number): void {
    if (!isBusy(error)) return;
    const { since = now, count = 0 } = this.#busy ?? {};
    this.#busy = { since, count: count + 1, error };
  }

  /** A request failed for good. */
  lose(error: ModelError): void {
    if (isRetryable(error.kind)) this.#lost++;
  }

  /** After that many consecutive failures an origin counts as down: each further request is tried once. */
  isDown(places: number): boolean {
    return this.#lost >= 2 * places;
  }

  /**
   * The refusal of an origin that has asked for fewer calls for as long as it is waited for: the other requests
   * would wait as long, one after the other.
   */
  findLongRefusal({ attempts, maxWaitMs }: RetryPolicy, now: number): ModelError | null {
    const busy = this.#busy;
    if (busy?.error.kind !== 'rate-limit' || busy.count < attempts) return null;
    return now - busy.since > maxWaitMs ? busy.error : null;
  }
}

/** After this many equal permanent failures and no success, further calls would fail the same way. */
const MAX_PERMANENT_FAILURES = 2;

/** How one model at one origin has answered during a run. */
export class TargetHealth {
  /** At least one call succeeded. */
  #worked = false;
  /** The last permanent failure, and how many equal ones came one after the other. */
  #failure: ModelError | null = null;
  #failures = 0;

  succeed(): void {
    this.#worked = true;
  }

  fail(error: ModelError): void {
    if (!isPermanent(error.kind)) return;
    const isEqual = this.#failure?.kind === error.kind && this.#failure.message === error.message;
    this.#failures = isEqual ? this.#failures + 1 : 1;
    this.#failure = error;
  }

  /** The failure that ends the calls to the model; null as long as it may answer. */
  findRefusal(): ModelError | null {
    return !this.#worked && this.#failures >= MAX_PERMANENT_FAILURES ? this.#failure : null;
  }
}

/** True if every further call to the model would fail the same way. */
function isPermanent(kind: ModelErrorKind): boolean {
  return kind === 'auth' || kind === 'quota' || kind === 'not-found' || kind === 'bad-answer';
}
