import type { Job } from '../plan/plan.ts';
import type { ScoreEvent } from '../run-event.ts';

/** In which order a run takes its jobs, and when it has seen enough. */
export interface StopRule {
  jobs(): Iterable<Job>;
  /** Adds a verdict. True as soon as no further case could change the outcome. */
  isDecided(event: ScoreEvent): boolean;
}
