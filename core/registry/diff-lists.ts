/** A run of items in one list that replaces a run in another. */
export interface Replacement<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  /** The index of the first removed item, or where it would be. */
  readonly removedAt: number;
  /** The index of the first added item, or where it would be. */
  readonly addedAt: number;
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
  if (Math.abs(before.length - after.length) > maxEdits) return null;
  const same = (x: number, y: number) =>
    x < before.length && y < after.length && equals(before[x] as T, after[y] as T);
  const limit = Math.min(maxEdits, before.length + after.length);
  // The furthest x on each diagonal k = x − y, at index k + limit + 1.
  const furthest = new Int32Array(2 * limit + 3).fill(-1);
  const trail: Int32Array[] = [];
  furthest[limit + 2] = 0;
  for (let d = 0; d <= limit; d++) {
    // Step d reads the diagonals −d−1 … d+1 only.
    trail.push(furthest.slice(limit - d, limit + d + 3));
    for (let k = -d; k <= d; k += 2) {
      let x = startOf(furthest, limit + 1, k, d);
      while (same(x, x - k)) x++;
      furthest[k + limit + 1] = x;
      if (x >= before.length && x - k >= after.length) return collect(before, after, trail);
    }
  }
  return null;
}

/** Where a path on diagonal k begins its d-th step: below or right of the one that got further. */
function startOf(furthest: Int32Array, middle: number, k: number, d: number): number {
  return comesFromAbove(furthest, middle, k, d)
    ? (furthest[middle + k + 1] ?? -1)
    : (furthest[middle + k - 1] ?? -1) + 1;
}

/** True when the d-th step to diagonal k adds an item; it removes one otherwise. */
function comesFromAbove(furthest: Int32Array, middle: number, k: number, d: number): boolean {
  return (
    k === -d || (k !== d && (furthest[middle + k - 1] ?? -1) < (furthest[middle + k + 1] ?? -1))
  );
}

function collect<T>(
  before: readonly T[],
  after: readonly T[],
  trail: readonly Int32Array[],
): Replacement<T>[] {
  // Ranges of both lists, from the end to the start.
  const ranges: { x: number; y: number; endX: number; endY: number }[] = [];
  let [x, y] = [before.length, after.length];
  for (let d = trail.length - 1; d > 0; d--) {
    const furthest = trail[d] as Int32Array;
    const k = x - y;
    const isAdded = comesFromAbove(furthest, d + 1, k, d);
    const from = isAdded ? k + 1 : k - 1;
    x = furthest[d + 1 + from] ?? 0;
    y = x - from;
    const end = { x: isAdded ? x : x + 1, y: isAdded ? y + 1 : y };
    const last = ranges.at(-1);
    if (last && last.x === end.x && last.y === end.y) Object.assign(last, { x, y });
    else ranges.push({ x, y, endX: end.x, endY: end.y });
  }
  return ranges.reverse().map((range) => ({
    removed: before.slice(range.x, range.endX),
    added: after.slice(range.y, range.endY),
    removedAt: range.x,
    addedAt: range.y,
  }));
}
