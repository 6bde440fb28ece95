/** Seeded whole numbers (xorshift32): the same sequence on every machine. `next(n)` is in 0 … n − 1. */
export function seededRandom(seed: number): (n: number) => number {
  let state = seed | 0 || 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

/** A text of up to `length` pieces drawn from a list. */
export function randomText(
  next: (n: number) => number,
  pieces: readonly string[],
  length: number,
): string {
  let text = '';
  for (let i = next(length + 1); i > 0; i--) text += pieces[next(pieces.length)];
  return text;
}
