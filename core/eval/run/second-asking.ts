import type { Job } from '../plan/plan.ts';
import type { AnswerEvent } from '../run-event.ts';
import type { ReadyJob } from './case-groups.ts';

/** A job to run. */
export interface OpenJob {
  readonly job: Job;
  /** Its answer, where only the verdict is missing. */
  readonly ready?: ReadyJob;
  /** What it came to the first time. */
  readonly event?: AnswerEvent;
}

/**
 * Collects the jobs that a passing failure left without an answer or a verdict. They are asked once more,
 * all together, before the run ends.
 */
export class SecondAsking {
  readonly #concurrency: (provider: string) => number;
  #open: OpenJob[] | null = [];
  /** How many requests in a row each provider has not answered the second time. */
  readonly #lost = new Map<string, number>();

  constructor(concurrency: (provider: string) => number) {
    this.#concurrency = concurrency;
  }

  /** Keeps a job for later. False if the second asking has begun: then its failure is final. */
  add(job: OpenJob): boolean {
    this.#open?.push(job);
    return this.#open !== null;
  }

  /** Begins the second asking and returns its jobs. */
  begin(): readonly OpenJob[] {
    const open = this.#open ?? [];
    this.#open = null;
    return open;
  }

  /** True for a provider that has answered none of the first requests of the second asking. */
  isDown({ model: { provider } }: Job): boolean {
    return (this.#lost.get(provider) ?? 0) >= 2 * Math.max(1, this.#concurrency(provider));
  }

  /** Counts what a job came to the second time. */
  count({ model: { provider } }: Job, { answer }: AnswerEvent): void {
    const lost = (this.#lost.get(provider) ?? 0) + 1;
    this.#lost.set(provider, answer ? Number.NEGATIVE_INFINITY : lost);
  }
}
