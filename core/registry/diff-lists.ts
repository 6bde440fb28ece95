/** A run of items in one list that replaces a run in another. */
export interface Replacement<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/**
 * Computes the shortest edit script from one list to the other as replacements in order (Myers 1986); null
 * when it takes more than `maxEdits` removals and additions. O((n + m) · maxEdits).
 */
export function diffLists<T>(
  before: readonly T[],
  after: readonly T[],
  maxEdits: number,
  equals: (a: T, b: T) => boolean = Object.is,
): Replacement<T>[] | null {
  const same = (x: number, y: number) =>
    x < before.length && y < after.length && equals(before[x] as T, after[y] as T);
  let furthest = new Map<number, number>([[1, 0]]);
  const trail: Map<number, number>[] = [];
  for (let d = 0; d <= maxEdits; d++) {
    trail.push(furthest);
    const next = new Map(furthest);
    for (let k = -d; k <= d; k += 2) {
      let x = start(furthest, k, d);
      while (same(x, x - k)) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return collect(before, after, trail);
    }
    furthest = next;
  }
  return null;
}

/** Where a path on diagonal k begins its d-th step: below or right of the one that got further. */
function start(furthest: ReadonlyMap<number, number>, k: number, d: number): number {
  const above = furthest.get(k + 1) ?? -1;
  const left = furthest.get(k - 1) ?? -1;
  return k === -d || (k !== d && left < above) ? above : left + 1;
}

function collect<T>(
  before: readonly T[],
  after: readonly T[],
  trail: readonly ReadonlyMap<number, number>[],
): Replacement<T>[] {
  const found: { removed: T[]; added: T[]; x: number; y: number }[] = [];
  let [x, y] = [before.length, after.length];
  for (let d = trail.length - 1; d > 0; d--) {
    const furthest = trail[d] as ReadonlyMap<number, number>;
    const k = x - y;
    const isAdded =
      k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const from = isAdded ? k + 1 : k - 1;
    x = furthest.get(from) ?? 0;
    y = x - from;
    const last = found.at(-1);
    const ends = { x: isAdded ? x : x + 1, y: isAdded ? y + 1 : y };
    const touches = last !== undefined && last.x === ends.x && last.y === ends.y;
    const group = touches ? last : { removed: [], added: [], x, y };
    if (!touches) found.push(group);
    if (isAdded) group.added.unshift(after[y] as T);
    else group.removed.unshift(before[x] as T);
    Object.assign(group, { x, y });
  }
  return found.reverse();
}
