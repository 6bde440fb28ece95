import type { Summary } from '#core/eval/report/summary.ts';

/** How a stored run can go on: `resume` one that was cut off, `retry` what has no answer. */
export type Continuation = 'resume' | 'retry';

/** How a run can go on; null if nothing is missing, or if it is unknown which cases it was to ask. */
export function findContinuation({ run, end, results }: Summary): Continuation | null {
  if (end !== 'done') return countLeftOut(run) > 0 ? null : 'resume';
  return results.some(({ jobs }) => jobs.answered < jobs.asked) ? 'retry' : null;
}

/** The number of cases that were left out by something other than the file's own tags. */
export function countLeftOut({ leftOut, shard }: Summary['run']): number {
  if (!leftOut) return shard === undefined ? 0 : 1;
  return leftOut.filter + leftOut.shard;
}
