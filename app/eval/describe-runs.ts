import { parseRunTime } from '#core/eval/ids.ts';
import { assessFitness, type RunFitness } from '#core/eval/report/assess-fitness.ts';
import { MAX_ERROR_RATE } from '#core/eval/report/conclude-run.ts';
import type { RunStore, StoredRun } from '#io/runs/run-store.ts';

/** A stored run with what a list says about it. */
export interface ListedRun extends StoredRun {
  /** When it began, or was merged from shards (ISO 8601); null if its id does not tell. */
  readonly at: string | null;
  readonly isMerged: boolean;
  /** A process is writing it now. */
  readonly isRunning: boolean;
  /** Null if it cannot be read, or has no event yet. */
  readonly fitness: RunFitness | null;
}

/**
 * Describes stored runs, in their order. Of one that was interrupted, the events so far are read.
 * `maxErrorRate` is the largest share of missing answers of a conclusive run, 0 to 1.
 */
export async function describeRuns(
  store: RunStore,
  runs: readonly StoredRun[],
  maxErrorRate: number = MAX_ERROR_RATE,
): Promise<ListedRun[]> {
  const listed: ListedRun[] = [];
  for (const run of runs) listed.push(await describeRun(store, run, maxErrorRate));
  return listed;
}

async function describeRun(
  store: RunStore,
  stored: StoredRun,
  maxErrorRate: number,
): Promise<ListedRun> {
  const { promptId, id, error } = stored;
  const isCut = stored.summary === null && error === undefined;
  const summary = isCut ? await store.summarize(promptId, id).catch(() => null) : stored.summary;
  const second = parseRunTime(id);
  const began = Date.parse(summary?.run.at ?? '');
  // The id tells when shards were merged; the header, when the first of them began.
  const isMerged = summary !== null && (summary.run.mergedFrom !== undefined || began < second);
  const time = began >= second && !isMerged ? began : second;
  return {
    ...stored,
    summary,
    at: Number.isNaN(time) ? null : new Date(time).toISOString(),
    isMerged,
    isRunning: store.heldBy(promptId, id) !== null,
    fitness: summary && assessFitness(summary, maxErrorRate),
  };
}
