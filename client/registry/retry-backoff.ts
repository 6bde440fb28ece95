import type { Disposable } from 'vscode';

const FIRST_MS = 5000;
const MAX_WAIT_MS = 5 * 60_000;

/** Retries after a delay that doubles each time. */
export class RetryBackoff implements Disposable {
  readonly #again: () => unknown;
  #wait = FIRST_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(again: () => unknown) {
    this.#again = again;
  }

  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, MAX_WAIT_MS);
  }

  /** Cancels a scheduled retry and starts over with the shortest delay, after a success. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#wait = FIRST_MS;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
