import { levenshteinDistance } from '#core/edit-distance.ts';
import type { StoredRun } from '#io/runs/run-store.ts';
import { UsageError } from './command.ts';

/** Finds the one run to show. Throws UsageError, with ids that are similar. */
export function selectRun(stored: readonly StoredRun[], ids: readonly string[]): StoredRun {
  const [id, ...others] = ids;
  if (id === undefined || others.length > 0)
    throw new UsageError(
      'runs show takes one run: pass its id; `promptsmith runs list` lists them.',
    );
  const found = stored.find((one) => one.id === id);
  if (found) return found;
  const near = findSimilar(
    id,
    stored.map((one) => one.id),
  );
  const hint =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : 'run `promptsmith runs list` for a list.';
  throw new UsageError(`there is no run ${id}; ${hint}`);
}

/** The ids that differ least from a text, or contain it; at most three. */
function findSimilar(text: string, ids: readonly string[]): string[] {
  const wanted = text.toLowerCase().slice(0, MAX_TYPED);
  const near = ids.flatMap((id) => {
    if (wanted.length >= 4 && id.toLowerCase().includes(wanted)) return [{ id, distance: 0 }];
    const distance = levenshteinDistance(wanted, id.toLowerCase(), MAX_DISTANCE);
    return distance === null ? [] : [{ id, distance }];
  });
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ id }) => id);
}

/** Run ids have 23 characters. */
const MAX_TYPED = 40;
const MAX_DISTANCE = 6;

/** Selects the runs with these ids, or all of them. Throws UsageError for an unknown id. */
export function selectRuns(
  stored: readonly StoredRun[],
  ids: readonly string[],
  isEvery: boolean,
): readonly StoredRun[] {
  if (ids.length === 0 && !isEvery)
    throw new UsageError('no runs selected: pass their ids, --prompt or --all.');
  if (ids.length === 0) return stored;
  return ids.map((id) => {
    const found = stored.find((one) => one.id === id);
    if (!found)
      throw new UsageError(`there is no run ${id}; run \`promptsmith runs list\` for a list.`);
    return found;
  });
}
