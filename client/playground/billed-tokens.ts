import type { Memento } from 'vscode';

const KEY = 'billedTokens';
/** Remembered calls per model. */
const MAX_CALLS = 50;
const MAX_MODELS = 100;

/** The relative difference between billed and predicted prompt tokens, by model. */
export class BilledTokens {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Remembers a call. */
  async add(model: string, predicted: number, billed: number): Promise<void> {
    if (predicted <= 0) return;
    const { [model]: known = [], ...others } = this.#all();
    const errors = [...known, billed / predicted - 1].slice(-MAX_CALLS);
    const kept = Object.entries(others).slice(-(MAX_MODELS - 1));
    await this.#memory.update(KEY, { ...Object.fromEntries(kept), [model]: errors });
  }

  /** The median of the relative errors (0.02 = 2 % more was billed), and of how many calls. */
  median(model: string): { readonly error: number; readonly calls: number } | null {
    const errors = (this.#all()[model] ?? []).toSorted((a, b) => a - b);
    const [low, high] = [(errors.length - 1) >> 1, errors.length >> 1].map((i) => errors[i]);
    if (low === undefined || high === undefined) return null;
    return { error: (low + high) / 2, calls: errors.length };
  }

  #all(): Readonly<Record<string, readonly number[]>> {
    return this.#memory.get(KEY, {});
  }
}
