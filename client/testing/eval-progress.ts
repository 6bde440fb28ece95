import { formatCount, formatDollars } from '#core/models/figures.ts';

/** Said at most this often, in ms. */
const PAUSE = 200;

/** Tells how far a run is: `12 of 50 · $0.01 · 30 s left`. */
export class EvalProgress {
  readonly #total: number;
  readonly #say: (text: string) => void;
  readonly #started: number;
  #done = 0;
  #cost: number | null = 0;
  #last = 0;

  /** `total` jobs; `now` in ms. */
  constructor(total: number, now: number, say: (text: string) => void) {
    this.#total = total;
    this.#started = now;
    this.#say = say;
  }

  /** A job is done at `now` (ms) and cost so many USD; null = unknown. */
  add(cost: number | null, now: number): void {
    this.#done++;
    this.#cost = this.#cost === null || cost === null ? null : this.#cost + cost;
    if (now - this.#last < PAUSE && this.#done < this.#total) return;
    this.#last = now;
    this.#say(this.#text(now));
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
