import { countSignFlips, findDenominator } from './exact-sign-flip.ts';
import { createRng } from './rng.ts';

/** With up to this many differences, all 2ⁿ sign combinations are enumerated. */
const MAX_EXACT = 12;
const DRAWS = 10_000;

/**
 * The two-sided p-value of the sign-flip permutation test: the chance that the differences, with random signs,
 * have a sum at least as large. Differences of 0 are ignored. Exact for up to 12 differences and for those
 * with a common denominator, such as shares of repeats; else estimated from seeded draws as
 * (1 + x) / (1 + draws). Fisher 1935; Phipson and Smyth 2010 for the added ones.
 */
export function signFlipTest(differences: readonly number[], seed: number, draws = DRAWS): number {
  const changed = differences.filter((difference) => difference !== 0);
  if (changed.length === 0) return 1;
  const denominator = changed.length > MAX_EXACT ? findDenominator(changed) : null;
  if (denominator !== null) return countSignFlips(changed, denominator);
  const observed = Math.abs(changed.reduce((a, b) => a + b, 0));
  const scale = changed.reduce((sum, difference) => sum + Math.abs(difference), 0);
  // Rounding errors must not separate equal sums.
  const least = observed - 1e-9 * scale;
  return changed.length <= MAX_EXACT
    ? exactShare(changed, least)
    : (1 + drawnAtLeast(changed, least, seed, draws)) / (1 + draws);
}

/** True if the p-value of these differences is estimated from draws. */
export function isSignFlipDrawn(differences: readonly number[]): boolean {
  return differences.length > MAX_EXACT && findDenominator(differences) === null;
}

function exactShare(changed: readonly number[], least: number): number {
  const count = 2 ** changed.length;
  let extreme = 0;
  for (let signs = 0; signs < count; signs++) {
    let sum = 0;
    for (let i = 0; i < changed.length; i++) {
      const difference = changed[i] ?? 0;
      sum += (signs >>> i) & 1 ? difference : -difference;
    }
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme / count;
}

/** Counts the draws that are as extreme. Up to 32 differences of one size take a single random number. */
function drawnAtLeast(
  changed: readonly number[],
  least: number,
  seed: number,
  draws: number,
): number {
  const counts = new Map<number, number>();
  for (const difference of changed) {
    const size = Math.abs(difference);
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  const sizes: number[] = [];
  const widths: number[] = [];
  for (const [size, count] of counts) {
    for (let left = count; left > 0; left -= 32) {
      sizes.push(size);
      widths.push(Math.min(left, 32));
    }
  }
  const random = createRng(seed);
  let extreme = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let i = 0; i < sizes.length; i++) {
      const width = widths[i] ?? 0;
      const positive = bitCount(random.uint32() >>> (32 - width));
      sum += (sizes[i] ?? 0) * (2 * positive - width);
    }
    if (Math.abs(sum) >= least) extreme++;
  }
  return extreme;
}

/** Counts the ones of 32 bits (Warren, Hacker's Delight, 5–1). */
function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
