import type { Clock } from './ports.ts';

/** At most so many calls at a time to one provider, first come first served, and none while it asks for a pause. */
export class Limiter {
  readonly limit: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #active = 0;
  #pausedUntil = 0;
  #longest = 0;

  constructor(limit: number, clock: Clock) {
    this.limit = Math.max(1, Math.floor(limit));
    this.#clock = clock;
  }

  /** Waits for a place. Whoever has one calls `release` once. Rejects when the signal aborts in a pause. */
  async acquire(signal: AbortSignal): Promise<void> {
    if (this.#active < this.limit) this.#active++;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
        await this.#clock.sleep(wait, signal);
      }
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

  /** Never more than was asked for, also when the clock is set back meanwhile. */
  #wait(): number {
    const now = this.#clock.now();
    this.#pausedUntil = Math.min(this.#pausedUntil, now + this.#longest);
    return this.#pausedUntil - now;
  }
}
