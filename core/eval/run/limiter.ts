import type { Clock } from '../ports.ts';

/**
 * At most so many calls at a time to one provider and, where given, so many a minute, evenly apart;
 * first come first served, and none while it asks for a pause.
 */
export class Limiter {
  readonly limit: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  /** Milliseconds from the beginning of one call to that of the next. */
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

  /** Waits for a place. Whoever has one calls `release` once. Rejects when the signal aborts in a pause. */
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

  /** No call begins for so many milliseconds from now. */
  pauseFor(ms: number): void {
    this.#longest = Math.max(ms, this.#wait());
    this.#pausedUntil = this.#clock.now() + this.#longest;
  }

  async #takeTurn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    // No more than all places wait for a turn, also when the clock is set back meanwhile.
    const latest = now + this.limit * this.#distance;
    const turn = Math.min(latest, Math.max(now, this.#next));
    this.#next = turn + this.#distance;
    if (turn > now) await this.#clock.sleep(turn - now, signal);
  }

  /** Never more than was asked for, also when the clock is set back meanwhile. */
  #wait(): number {
    const now = this.#clock.now();
    this.#pausedUntil = Math.min(this.#pausedUntil, now + this.#longest);
    return this.#pausedUntil - now;
  }
}
