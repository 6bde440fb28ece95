import { formatCount, formatDollars } from '#core/models/figures.ts';

/** The shortest time between two reports, in ms. */
const MIN_PAUSE = 200;

/** Reports the progress of a run: `12 of 50 · $0.01 · 30 s left`. */
export class EvalProgress {
  readonly #total: number;
  readonly #report: (text: string) => void;
  readonly #started: number;
  #done = 0;
  #cost: number | null = 0;
  #last = 0;

  /** `total` jobs; `now` in ms. */
  constructor(total: number, now: number, report: (text: string) => void) {
    this.#total = total;
    this.#started = now;
    this.#report = report;
  }

  /** A job finished at `now` (ms) and cost this many USD; null: unknown. */
  add(cost: number | null, now: number): void {
    this.#done++;
    this.#cost = this.#cost === null || cost === null ? null : this.#cost + cost;
    if (now - this.#last < MIN_PAUSE && this.#done < this.#total) return;
    this.#last = now;
    this.#report(this.#text(now));
  }

  #text(now: number): string {
    const left = ((now - this.#started) / this.#done) * (this.#total - this.#done);
    const parts = [
      `${formatCount(this.#done)} of ${formatCount(this.#total)}`,
      this.#cost === null ? 'cost unknown' : formatDollars(this.#cost),
      left >= 1000 ? `${Math.round(left / 1000)} s left` : '',
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }
}
