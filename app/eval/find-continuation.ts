import { countUnasked } from '#core/eval/report/conclude-run.ts';
import type { Summary } from '#core/eval/report/summary.ts';

/** How a stored run can go on: `resume` one that was cut off, `retry` what has no answer. */
export type Continuation = 'resume' | 'retry';

/** How a run can go on; null if nothing is missing, or if it is unknown which cases it was to ask. */
export function findContinuation(summary: Summary): Continuation | null {
  const { run, end, results } = summary;
  if (end !== 'done' || countUnasked(summary) > 0) return countLeftOut(run) > 0 ? null : 'resume';
  return results.some(({ jobs }) => jobs.answered < jobs.asked) ? 'retry' : null;
}

/** The number of cases that were left out by something other than the file's own tags. */
export function countLeftOut({ leftOut, shard }: Summary['run']): number {
  if (!leftOut) return shard === undefined ? 0 : 1;
  return leftOut.filter + leftOut.shard;
}
