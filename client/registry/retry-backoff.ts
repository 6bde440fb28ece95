import type { Disposable } from 'vscode';

const FIRST_MS = 5000;
const MAX_WAIT_MS = 5 * 60_000;

/** Tries something again after a while, each time after a longer one. */
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

  /** It went well. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#wait = FIRST_MS;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
