import { RunStopped } from '../run-stopped.ts';

/** Cancels everything in flight immediately, including promises that ignore the signal. */
export class Cancellation {
  readonly #controller = new AbortController();
  readonly #pending = new Set<(reason: Error) => void>();
  readonly #outer: AbortSignal;
  readonly #onAbort = (): void => this.cancel();

  constructor(outer: AbortSignal) {
    this.#outer = outer;
    if (outer.aborted) this.cancel();
    else outer.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  cancel(): void {
    if (this.signal.aborted) return;
    const reason = new RunStopped('cancelled');
    this.#controller.abort(reason);
    for (const reject of this.#pending) reject(reason);
    this.#pending.clear();
  }

  /** Settles like the promise, or rejects with RunStopped if the run is canceled first. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) {
        promise.catch(() => undefined);
        reject(new RunStopped('cancelled'));
        return;
      }
      // Not Promise.race, which would keep every result in memory until the run ends.
      this.#pending.add(reject);
      const settle = (act: () => void): void => {
        this.#pending.delete(reject);
        act();
      };
      promise.then(
        (value) => settle(() => resolve(value)),
        (error) => settle(() => reject(error)),
      );
    });
  }

  /** Stops listening to the outer signal. */
  dispose(): void {
    this.#outer.removeEventListener('abort', this.#onAbort);
  }
}
