import type { Clock } from '../ports.ts';

/**
 * Limits the concurrent calls to one provider and, optionally, the calls per minute, evenly spaced. First come,
 * first served. No call starts during a pause that the provider asked for.
 */
export class Limiter {
  readonly limit: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  /** Milliseconds between the starts of two calls. */
  readonly #distance: number;
  #active = 0;
  #pausedUntil = 0;
  #longest = 0;
  #next = 0;

  constructor(limit: number, clock: Clock, perMinute = Number.POSITIVE_INFINITY) {
    this.limit = Math.max(1, Math.floor(limit));
    this.#clock = clock;
    this.#distance = 60_000 / perMinute;
  }

  /** Waits for a slot, to be released by one `release`. Rejects if the signal aborts during a pause. */
  async acquire(signal: AbortSignal): Promise<void> {
    if (this.#active < this.limit) this.#active++;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
        await this.#clock.sleep(wait, signal);
      }
      if (this.#distance > 0) await this.#takeTurn(signal);
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#active--;
  }

  /** Starts no call for `ms` milliseconds. */
  pauseFor(ms: number): void {
    this.#longest = Math.max(ms, this.#wait());
    this.#pausedUntil = this.#clock.now() + this.#longest;
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    // At most `limit` calls wait for a turn, even if the clock is set back.
    const latest = now + this.limit * this.#distance;
    const turn = Math.min(latest, Math.max(now, this.#next));
    this.#next = turn + this.#distance;
    if (turn > now) await this.#clock.sleep(turn - now, signal);
  }

  /** The rest of the pause, never more than was asked for, even if the clock is set back. */
  #wait(): number {
    const now = this.#clock.now();
    this.#pausedUntil = Math.min(this.#pausedUntil, now + this.#longest);
    return this.#pausedUntil - now;
  }
}
