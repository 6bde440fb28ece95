import type { ListedRun } from './describe-runs.ts';

/** What runs cost together. */
export interface RunsTotal {
  readonly runs: number;
  /** USD of the calls whose cost is known. */
  readonly cost: number;
  /** The number of runs with calls of unknown cost. */
  readonly unknown: number;
}

/**
 * Adds up the cost of the runs since a time (ISO 8601). A merged run includes the cost of its shards, which
 * are not counted beside it.
 */
export function sumRuns(runs: readonly ListedRun[], since: string): RunsTotal {
  const recent = runs.filter(({ at, summary }) => at !== null && at >= since && summary);
  const merged = recent.filter(({ isMerged }) => isMerged);
  const counted = recent.filter((run) => !merged.some((whole) => isPart(run, whole)));
  let [cost, unknown] = [0, 0];
  for (const { summary } of counted) {
    if (!summary || summary.run.replay) continue;
    const { totals } = summary;
    cost += totals.cost ?? 0;
    if (totals.cost === null || totals.unknownCalls > 0) unknown++;
  }
  return { runs: counted.length, cost, unknown };
}

/** True if a run is a shard that was merged into another one. Older versions did not record which. */
function isPart({ id, summary }: ListedRun, { summary: whole }: ListedRun): boolean {
  const part = summary?.run;
  if (!part || !whole || part.shard === undefined) return false;
  const { mergedFrom, hashes, models, repeat, seed, at } = whole.run;
  if (mergedFrom) return mergedFrom.includes(id);
  const describe = (run: Pick<typeof part, 'hashes' | 'models' | 'repeat' | 'seed'>): string =>
    JSON.stringify([run.hashes, run.models, run.repeat, run.seed]);
  return (
    part.at >= at &&
    id < whole.run.id &&
    describe(part) === describe({ hashes, models, repeat, seed })
  );
}
