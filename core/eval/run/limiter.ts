import type { Clock } from '../ports.ts';

/** What a provider allows a minute; default: no limit. */
export interface RatesPerMinute {
  readonly calls?: number | undefined;
  readonly tokens?: number | undefined;
}

/**
 * Limits the concurrent calls to one provider and, optionally, calls and tokens per minute, evenly spaced. First
 * come, first served. No call starts during a pause, and after each pause half as many run at a time, until answers
 * come again.
 */
export class Limiter {
  readonly limit: number;
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  readonly #calls: Spacing;
  readonly #tokens: Spacing;
  /** Calls that may run at a time now, at most `limit`. */
  #allowed: number;
  #answers = 0;
  /** Pauses without a hint since the last answer. */
  #refusals = 0;
  #active = 0;
  #pausedUntil = 0;
  #longest = 0;

  constructor(limit: number, clock: Clock, { calls, tokens }: RatesPerMinute = {}) {
    this.limit = Math.max(1, Math.floor(limit));
    this.#allowed = this.limit;
    this.#clock = clock;
    this.#calls = new Spacing(calls, this.limit);
    this.#tokens = new Spacing(tokens, Number.POSITIVE_INFINITY);
  }

  /**
   * Waits for a slot, to be released by one `release`. `tokens` are what the call may use. Resolves to the
   * milliseconds of the pauses that it waited for. Rejects if the signal aborts during a pause.
   */
  async acquire(signal: AbortSignal, tokens = 0): Promise<number> {
    let paused = 0;
    if (this.#active < this.#allowed) this.#active++;
    else await new Promise<void>((go) => this.#waiting.push(go));
    try {
      for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
        paused += wait;
        await this.#clock.sleep(wait, signal);
      }
      const turns = [this.#calls.take(1, this.#clock), this.#tokens.take(tokens, this.#clock)];
      const turn = Math.max(...turns);
      if (turn > 0) await this.#clock.sleep(turn, signal);
      return paused;
    } catch (error) {
      this.release();
      throw error;
    }
  }

  release(): void {
    this.#active--;
    while (this.#active < this.#allowed) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#active++;
      next();
    }
  }

  /** Starts no call for `ms` milliseconds, and half as many at a time then. Calls within one pause count once. */
  pauseFor(ms: number): void {
    if (this.#wait() <= 0) this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
    this.#answers = 0;
    this.#longest = Math.max(ms, this.#wait());
    this.#pausedUntil = this.#clock.now() + this.#longest;
  }

  /** Pauses longer each time that a provider refuses a call without saying for how long, from `ms` up to `maxMs`. */
  backOff(ms: number, maxMs: number): void {
    if (this.#wait() > 0) return;
    this.pauseFor(Math.min(maxMs, ms * 2 ** this.#refusals));
    this.#refusals++;
  }

  /** An answer came: when as many came as calls run at a time, one more may run. */
  succeed(): void {
    this.#refusals = 0;
    if (this.#allowed === this.limit || ++this.#answers < this.#allowed) return;
    this.#answers = 0;
    this.#allowed++;
  }

  /** Corrects what a call was expected to use by what was billed. */
  correctTokens(expected: number, billed: number): void {
    this.#tokens.correct(billed - expected);
  }

  /** The rest of the pause, never more than was asked for, even if the clock is set back. */
  #wait(): number {
    const now = this.#clock.now();
    this.#pausedUntil = Math.min(this.#pausedUntil, now + this.#longest);
    return this.#pausedUntil - now;
  }
}

/** Spreads an amount per minute evenly over time. */
class Spacing {
  /** Milliseconds for one unit. */
  readonly #distance: number;
  /** Units whose turns are waited for at most, even if the clock is set back. */
  readonly #most: number;
  #next = 0;

  constructor(perMinute = Number.POSITIVE_INFINITY, most: number) {
    this.#distance = 60_000 / perMinute;
    this.#most = most;
  }

  /** Takes a turn for `units`, and returns the milliseconds until it. */
  take(units: number, clock: Clock): number {
    if (this.#distance === 0) return 0;
    const now = clock.now();
    const latest = now + this.#most * this.#distance;
    const turn = Math.min(latest, Math.max(now, this.#next));
    this.#next = turn + units * this.#distance;
    return turn - now;
  }

  correct(units: number): void {
    this.#next += units * this.#distance;
  }
}
