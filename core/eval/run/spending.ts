import { RunStopped } from '../run-stopped.ts';

/** Money set aside for a call that is under way. */
export interface Reservation {
  readonly amount: number;
}

/**
 * Keeps a run under its cost limit: each call reserves what it may cost at most before it is made.
 * A call that does not fit waits for those under way, which mostly cost less than they reserved;
 * when none is left the budget is spent and every further call is refused.
 */
export class Spending {
  readonly #limit: number | null;
  #spent = 0;
  #reserved = 0;
  #underWay = 0;
  #exhausted = false;
  #waiting: (() => void)[] = [];

  /** `limit` in USD, null = none. */
  constructor(limit: number | null) {
    this.#limit = limit;
  }

  get exhausted(): boolean {
    return this.#exhausted;
  }

  /**
   * Throws RunStopped when the call could cross the limit. `estimate` in USD; it is asked again after
   * each wait, because every answer makes it better.
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

  /** What the call really cost; null = unknown, then what was reserved counts. */
  settle({ amount }: Reservation, cost: number | null): void {
    this.#reserved -= amount;
    this.#spent += cost ?? amount;
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
