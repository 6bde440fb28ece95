import type { WorkspaceFacts } from '#core/lint/rule.ts';

/** What is known of the files around each open document, without waiting. */
export class FactsStore {
  readonly #today: () => string;
  #base: WorkspaceFacts;

  /** `today`: the date as `2026-11-21`. */
  constructor(today: () => string) {
    this.#today = today;
    this.#base = { today: today() };
  }

  /** The same object until something changes. */
  facts(_uri: string): WorkspaceFacts {
    const today = this.#today();
    if (this.#base.today !== today) this.#base = { ...this.#base, today };
    return this.#base;
  }
}
