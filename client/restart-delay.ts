/** After this time without a crash, in ms, a server counts as healthy again. */
const HEALTHY = 60_000;
const MAX_DELAY = 30_000;

/** How long to wait before a crashed server is started again: at once, then longer each time. */
export class RestartDelay {
  #crashes = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Crashes in a row. */
  get crashes(): number {
    return this.#crashes;
  }

  /** Records a crash at `now` (ms) and returns how long to wait (ms). */
  next(now: number): number {
    this.#crashes = now - this.#last > HEALTHY ? 1 : this.#crashes + 1;
    const delay = this.#crashes === 1 ? 0 : Math.min(MAX_DELAY, 1000 * 2 ** (this.#crashes - 2));
    this.#last = now + delay;
    return delay;
  }

  /** Forgets earlier crashes. */
  reset(): void {
    this.#crashes = 0;
    this.#last = Number.NEGATIVE_INFINITY;
  }
}
