/** Words per shingle: few enough to survive a changed word, enough to be distinctive. */
const WIDTH = 4;
const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Splits a text into words, in lower case; in scripts without spaces, each run of letters is one word. */
export function splitWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Hashes every four consecutive words (Broder 1997, "On the resemblance and containment of documents");
 * fewer words give one hash. Time is linear in the text.
 */
export function computeShingles(text: string): ReadonlySet<number> {
  const words = splitWords(text).map(hashWord);
  const shingles = new Set<number>();
  if (words.length === 0) return shingles;
  const last = Math.max(0, words.length - WIDTH);
  for (let i = 0; i <= last; i++) {
    let hash = SEED;
    for (const word of words.slice(i, i + WIDTH)) hash = Math.imul(hash ^ word, PRIME);
    shingles.add(hash >>> 0);
  }
  return shingles;
}

/** Jaccard similarity of two sets, 0 to 1. */
export function estimateResemblance(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = countCommon(a, b);
  const either = a.size + b.size - both;
  return either === 0 ? 0 : both / either;
}

function countCommon(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const shingle of a) if (b.has(shingle)) both++;
  return both;
}

/**
 * Similar sets probably share one of these keys (MinHash in bands): two sets that share 85 % of their
 * shingles do with a probability of about 99.9 %, two that share a third with about 25 %.
 */
export function computeBandKeys(shingles: ReadonlySet<number>): string[] {
  const least = new Array<number>(BANDS * ROWS).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let i = 0; i < least.length; i++) {
      const mixed = mix(shingle ^ Math.imul(i + 1, 0x9e3779b1));
      if (mixed < (least[i] ?? 0)) least[i] = mixed;
    }
  }
  return Array.from(
    { length: BANDS },
    (_, band) => `${band} ${least.slice(band * ROWS, (band + 1) * ROWS).join(' ')}`,
  );
}

const BANDS = 8;
const ROWS = 3;

/** FNV-1a over UTF-16 units. */
function hashWord(word: string): number {
  let hash = SEED;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), PRIME);
  return hash >>> 0;
}

/** The finisher of MurmurHash3, 32 bits. */
function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
