import { isWordToken, type TextToken } from './split-words.ts';

/**
 * Finds the longest list of words that both token lists contain exactly once, in the same order, as pairs of
 * indices. O(n log n).
 */
export function findAnchors(
  left: readonly TextToken[],
  right: readonly TextToken[],
): (readonly [number, number])[] {
  const places = findUniqueWords(right);
  const pairs: (readonly [number, number])[] = [];
  for (const [word, x] of findUniqueWords(left)) {
    const y = places.get(word) ?? -1;
    if (x >= 0 && y >= 0) pairs.push([x, y]);
  }
  return findLongestRise(pairs.sort(([a], [b]) => a - b));
}

/** The index of each word; -1 for one that is there several times. */
function findUniqueWords(tokens: readonly TextToken[]): Map<string, number> {
  const places = new Map<string, number>();
  tokens.forEach((token, i) => {
    if (isWordToken(token)) places.set(token.text, places.has(token.text) ? -1 : i);
  });
  return places;
}

/** The longest part of a list in which the second numbers rise (patience sorting). */
function findLongestRise(
  pairs: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  /** For each length, the index of the pair with the lowest end of a rise of that length. */
  const ends: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, y], i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? -1 : (ends[low - 1] ?? -1));
    ends[low] = i;
  });
  const rise: (readonly [number, number])[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i] ?? -1)
    rise.push(pairs[i] as readonly [number, number]);
  return rise.reverse();
}
