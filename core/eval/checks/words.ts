const WORD =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}\p{M}])+/gu;

/**
 * Splits a text into words in lower case: runs of letters and digits, and each character of a script without
 * spaces.
 */
export function splitWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/** Counts the n-grams of a list of words. */
export function countNgrams(words: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= words.length; i++) {
    const gram = words.slice(i, i + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** A run of words, by index in the first list. */
export interface WordRun {
  readonly start: number;
  readonly length: number;
}

/**
 * Finds the longest run of words that both lists contain. Runs of one length are compared by a rolling hash
 * and verified; the length is found by binary search. Takes O(n log n) time.
 */
export function findLongestSharedRun(a: readonly string[], b: readonly string[]): WordRun {
  const ids = new Map<string, number>();
  const number = (word: string): number => {
    const id = ids.get(word) ?? ids.size + 1;
    ids.set(word, id);
    return id;
  };
  const [x, y] = [Int32Array.from(a, number), Int32Array.from(b, number)];
  let best: WordRun = { start: 0, length: 0 };
  let low = 1;
  let high = Math.min(x.length, y.length);
  while (low <= high) {
    const length = (low + high) >> 1;
    const start = findSharedRun(x, y, length);
    if (start === null) high = length - 1;
    else {
      best = { start, length };
      low = length + 1;
    }
  }
  return best;
}

/** The start in `x` of a run of this length that `y` also contains; null if there is none. */
function findSharedRun(x: Int32Array, y: Int32Array, length: number): number | null {
  const places = new Map<number, number>();
  for (const [at, hash] of hashRuns(y, length)) if (!places.has(hash)) places.set(hash, at);
  for (const [at, hash] of hashRuns(x, length)) {
    const place = places.get(hash);
    if (place !== undefined && isSame(x, at, y, place, length)) return at;
  }
  return null;
}

const BASE = 1_000_003;
const PRIME = 2_147_483_647;

/** Polynomial hashes of all runs of a length, modulo a prime, with 53-bit arithmetic in halves. */
function* hashRuns(words: Int32Array, length: number): Generator<[number, number]> {
  let power = 1;
  for (let i = 1; i < length; i++) power = multiply(power, BASE);
  let hash = 0;
  for (let i = 0; i < words.length; i++) {
    if (i >= length) {
      const gone = multiply(words[i - length] ?? 0, power);
      hash = (hash - gone + PRIME) % PRIME;
    }
    hash = (multiply(hash, BASE) + (words[i] ?? 0)) % PRIME;
    if (i >= length - 1) yield [i - length + 1, hash];
  }
}

/** a · b modulo PRIME; both below 2³¹. */
function multiply(a: number, b: number): number {
  const high = Math.floor(b / 65_536);
  return (((a * high) % PRIME) * 65_536 + a * (b % 65_536)) % PRIME;
}

function isSame(x: Int32Array, at: number, y: Int32Array, place: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (x[at + i] !== y[place + i]) return false;
  return true;
}
