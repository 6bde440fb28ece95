import { HOLDOUT } from '#core/eval/plan/holdout.ts';
import type { CaseFilter } from '#core/eval/plan/plan.ts';

/** The cases of these ids; null: all but the holdout. */
export function filterByIds(ids: ReadonlySet<string> | null): CaseFilter {
  return ids ? { ids } : { withoutTags: [HOLDOUT] };
}

/**
 * Reads the values of `--filter`: parts of names, and `tag:<name>`. Holdout cases are left out unless
 * `isGate` is set or the filter contains their tag.
 */
export function readCaseFilter(filters: readonly string[], isGate: boolean): CaseFilter {
  const tags = filters
    .filter((filter) => filter.startsWith('tag:'))
    .map((filter) => filter.slice(4));
  const names = filters.filter((filter) => !filter.startsWith('tag:'));
  return {
    ...(names.length > 0 ? { names } : {}),
    ...(tags.length > 0 ? { tags } : {}),
    ...(isGate || tags.includes(HOLDOUT) ? {} : { withoutTags: [HOLDOUT] }),
  };
}
