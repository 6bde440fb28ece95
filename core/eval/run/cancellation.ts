import { RunStopped } from '../run-stopped.ts';

/** Ends everything that is under way at once, even what does not listen to its signal. */
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

  /** The promise, or a rejection with RunStopped when the run is cancelled first. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) {
        promise.catch(() => undefined);
        reject(new RunStopped('cancelled'));
        return;
      }
      // Not Promise.race: that would keep every result alive until the run ends.
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

  /** Lets go of the outer signal. */
  dispose(): void {
    this.#outer.removeEventListener('abort', this.#onAbort);
  }
}
