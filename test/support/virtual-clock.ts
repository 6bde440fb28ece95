import type { Clock } from '#core/eval/ports.ts';

/** A clock whose time passes only when everybody sleeps: concurrent pauses take as long as the longest of them. */
export class VirtualClock implements Clock {
  time = Date.parse('2026-11-21T09:30:00Z');
  readonly #sleepers: { readonly at: number; wake(): void }[] = [];
  #isTicking = false;

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((wake, fail) => {
      this.#sleepers.push({ at: this.time + Math.max(0, ms), wake });
      signal?.addEventListener('abort', () => fail(signal.reason), { once: true });
      this.#tick();
    });
  }

  /** Wakes who sleeps shortest, once nothing else is to be done. */
  #tick(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    setImmediate(() =>
      setImmediate(() => {
        this.#isTicking = false;
        this.#sleepers.sort((a, b) => a.at - b.at);
        const next = this.#sleepers.shift();
        if (!next) return;
        this.time = Math.max(this.time, next.at);
        next.wake();
        if (this.#sleepers.length > 0) this.#tick();
      }),
    );
  }
}
