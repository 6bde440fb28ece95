import type { WorkspacePrompt } from '#core/protocol.ts';

/** How the Prompts view is grouped. */
export const GROUPINGS = ['folder', 'model', 'owner', 'feature', 'tag'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What comes first: the most expensive, the longest, the worst, the oldest, or the name. */
export const SORTINGS = ['cost', 'tokens', 'findings', 'age', 'name'] as const;
export type Sorting = (typeof SORTINGS)[number];

/** Which prompts are shown: all active filters must match. */
export const FILTERS = ['retired', 'untested', 'findings'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Arrangement {
  readonly groupBy: Grouping;
  readonly sortBy: Sorting;
  readonly filters: readonly Filter[];
}

export const DEFAULT_ARRANGEMENT: Arrangement = { groupBy: 'folder', sortBy: 'name', filters: [] };

/** Prompts under one heading; `key` null for those that have none, such as prompts without an owner. */
export interface PromptGroup {
  readonly key: string | null;
  readonly prompts: readonly WorkspacePrompt[];
}

/**
 * Puts prompts into groups. Groups come in the order of their names, those without a name last; a
 * prompt with several tags is in several groups. `changedAt` is the time of a file's last change
 * in ms.
 */
export function arrange(
  prompts: readonly WorkspacePrompt[],
  { groupBy, sortBy, filters }: Arrangement,
  changedAt: (prompt: WorkspacePrompt) => number = () => 0,
): PromptGroup[] {
  const groups = new Map<string | null, WorkspacePrompt[]>();
  for (const prompt of prompts.filter((one) =>
    filters.every((filter) => matchesFilter(one, filter)),
  )) {
    for (const key of listGroupKeys(prompt, groupBy)) {
      const group = groups.get(key);
      if (group) group.push(prompt);
      else groups.set(key, [prompt]);
    }
  }
  const compare = createComparator(sortBy, changedAt);
  return [...groups]
    .map(([key, members]) => ({ key, prompts: members.sort(compare) }))
    .sort((a, b) => compareKeys(a.key, b.key));
}

/** True when the prompt passes the filter. */
export function matchesFilter(prompt: WorkspacePrompt, filter: Filter): boolean {
  switch (filter) {
    case 'retired':
      return prompt.retirement !== null;
    case 'untested':
      return prompt.cases === 0;
    case 'findings':
      return prompt.error + prompt.warning + prompt.info > 0;
    default:
      return filter satisfies never;
  }
}

function listGroupKeys(prompt: WorkspacePrompt, groupBy: Grouping): readonly (string | null)[] {
  switch (groupBy) {
    case 'folder':
      return [prompt.path.slice(0, Math.max(0, prompt.path.lastIndexOf('/'))) || '.'];
    case 'model':
    case 'owner':
    case 'feature':
      return [prompt[groupBy]];
    case 'tag':
      return prompt.tags.length > 0 ? prompt.tags : [null];
    default:
      return groupBy satisfies never;
  }
}

/** Equals come in the order of their paths, so that rows stay where they are. */
function createComparator(
  sortBy: Sorting,
  changedAt: (prompt: WorkspacePrompt) => number,
): (a: WorkspacePrompt, b: WorkspacePrompt) => number {
  const weight = createWeight(sortBy, changedAt);
  const byPath = (a: WorkspacePrompt, b: WorkspacePrompt) =>
    compareText(a.path, b.path) || compareText(a.uri, b.uri);
  if (!weight) return (a, b) => compareText(a.name, b.name) || byPath(a, b);
  return (a, b) => weight(b) - weight(a) || byPath(a, b);
}

/** What is larger for what comes first; none for names. Unknown figures come last. */
function createWeight(
  sortBy: Sorting,
  changedAt: (prompt: WorkspacePrompt) => number,
): ((prompt: WorkspacePrompt) => number) | null {
  switch (sortBy) {
    case 'cost':
      // Prompts without traffic come after those with a monthly cost, in the order of a call's cost:
      // a month of any traffic costs more than the most expensive single call.
      return ({ costPerMonth, costPerCall }) =>
        costPerMonth !== null ? 1e6 + costPerMonth : (costPerCall ?? -1);
    case 'tokens':
      return ({ tokens }) => tokens?.count ?? -1;
    case 'findings':
      return ({ error, warning, info, hint }) =>
        ((error * 1e4 + warning) * 1e4 + info) * 1e4 + hint;
    case 'age':
      return (prompt) => -changedAt(prompt);
    case 'name':
      return null;
    default:
      return sortBy satisfies never;
  }
}

function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareText(a, b);
}

const collator = new Intl.Collator('en', { numeric: true });

function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
