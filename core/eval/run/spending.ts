import { RunStopped } from '../run-stopped.ts';

/** Money reserved for a call in flight. */
export interface Reservation {
  readonly amount: number;
}

/**
 * Keeps a run under its cost limit: each call first reserves the most that it may cost. A call that does
 * not fit waits for the calls in flight, which mostly cost less than they reserved. When none is left,
 * the budget is exhausted and every further call is refused.
 */
export class Spending {
  readonly #limit: number | null;
  #spent = 0;
  #reserved = 0;
  #underWay = 0;
  #exhausted = false;
  #isWhole = true;
  #waiting: (() => void)[] = [];

  /** `limit` is in USD; null = no limit: nothing is estimated and reserved then. */
  constructor(limit: number | null) {
    this.#limit = limit;
  }

  /** USD of all calls that have ended; those of unknown cost count as what they reserved. */
  get spent(): number {
    return this.#spent;
  }

  /** False if a call has ended of which nothing is known, neither its cost nor the most that it may cost. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  get exhausted(): boolean {
    return this.#exhausted;
  }

  /**
   * Throws RunStopped when the call could exceed the limit. `estimate` is in USD. It is called again
   * after each wait, because every answer improves it.
   */
  async reserve(estimate: () => number): Promise<Reservation> {
    let amount = 0;
    while (this.#limit !== null && !this.#exhausted) {
      amount = estimate();
      if (this.#spent + this.#reserved + amount <= this.#limit) break;
      if (this.#underWay === 0) this.#exhaust();
      else await new Promise<void>((go) => this.#waiting.push(go));
    }
    if (this.#exhausted) throw new RunStopped('budget');
    this.#reserved += amount;
    this.#underWay++;
    return { amount };
  }

  /**
   * Replaces a reservation by the actual cost in USD; null = unknown, so the reserved amount counts. What the
   * provider says it charged counts where it is more.
   */
  settle({ amount }: Reservation, cost: number | null, charged = 0): void {
    this.#reserved -= amount;
    this.#spent += Math.max(cost ?? amount, charged);
    if (cost === null && amount === 0 && charged === 0) this.#isWhole = false;
    this.#underWay--;
    this.#wake();
  }

  #exhaust(): void {
    this.#exhausted = true;
    this.#wake();
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
