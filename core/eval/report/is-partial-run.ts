import type { Summary } from './summary.ts';

/** Whether a run asked only a selection of its prompt's cases: it is about those, and decides nothing else. */
export function isPartialRun({ run: { leftOut, shard } }: Pick<Summary, 'run'>): boolean {
  if (shard !== undefined) return true;
  return leftOut !== undefined && leftOut.only + leftOut.filter + leftOut.shard > 0;
}
