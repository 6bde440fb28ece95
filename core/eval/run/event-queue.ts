/** The number of events that may wait for the reader before writers wait too. */
const MAX_WAITING = 256;

/** A bounded queue with many writers and one reader. */
export class EventQueue<T> implements AsyncIterable<T> {
  #items: T[] = [];
  #reader: (() => void) | null = null;
  #writers: (() => void)[] = [];
  #closed = false;
  #error: unknown;

  /** Resolves when there is room again. Events after `close` are dropped. */
  async push(item: T): Promise<void> {
    if (this.#closed) return;
    this.#items.push(item);
    this.#wakeReader();
    while (this.#items.length > MAX_WAITING && !this.#closed) {
      await new Promise<void>((go) => this.#writers.push(go));
    }
  }

  /** Ends the reader after the last event; with an error, the reader throws it there. */
  close(error?: unknown): void {
    this.#closed = true;
    this.#error = error;
    this.#wakeReader();
    this.#wakeWriters();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    while (true) {
      const items = this.#items;
      this.#items = [];
      this.#wakeWriters();
      yield* items;
      if (this.#items.length > 0) continue;
      if (this.#closed) break;
      await new Promise<void>((go) => {
        this.#reader = go;
      });
    }
    if (this.#error !== undefined) throw this.#error;
  }

  #wakeReader(): void {
    this.#reader?.();
    this.#reader = null;
  }

  #wakeWriters(): void {
    for (const go of this.#writers.splice(0)) go();
  }
}
