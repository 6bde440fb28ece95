import { damerauDistance } from './edit-distance.ts';

/**
 * The candidate that a word was most likely meant to be: the smallest Damerau–Levenshtein distance
 * (one transposition counts one), at most a third of the word's length. Undefined where none is near.
 */
export function findClosest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const distance = damerauDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
