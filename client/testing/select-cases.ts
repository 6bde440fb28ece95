/** What the selection of cases asks of a tree of prompts and their cases. */
export interface CaseTree<Item> {
  /** The prompt of a case; undefined for a prompt. */
  parentOf(item: Item): Item | undefined;
  /** The id of a case; undefined for a prompt. */
  idOf(item: Item): string | undefined;
}

/** The prompts of the selected items, each with the ids of its selected cases; null: all of them. */
export function groupByPrompt<Item>(
  items: Iterable<Item>,
  tree: CaseTree<Item>,
): Map<Item, ReadonlySet<string> | null> {
  const wanted = new Map<Item, Set<string> | null>();
  for (const item of items) {
    const prompt = tree.parentOf(item) ?? item;
    const id = tree.idOf(item);
    const ids = wanted.get(prompt);
    if (id === undefined) wanted.set(prompt, null);
    else if (ids !== null) wanted.set(prompt, (ids ?? new Set<string>()).add(id));
  }
  return wanted;
}

/** The ids that run when some cases of a prompt are excluded; null: all but the holdout. */
export function excludeCases<Item>(
  ids: ReadonlySet<string> | null,
  cases: readonly Item[],
  isExcluded: (item: Item) => boolean,
  tree: CaseTree<Item>,
): ReadonlySet<string> | null {
  const excluded = new Set(cases.filter(isExcluded).map((item) => tree.idOf(item)));
  if (excluded.size === 0) return ids;
  const all = ids ?? cases.flatMap((item) => tree.idOf(item) ?? []);
  return new Set([...all].filter((id) => !excluded.has(id)));
}
