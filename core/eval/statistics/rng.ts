/** A seeded random number generator. The same seed gives the same numbers on every machine. */
export interface Rng {
  /** An integer from 0 to 2³² − 1. */
  uint32(): number;
  /** An integer from 0 to n − 1, for n up to 2³². */
  below(n: number): number;
  /** A number in [0, 1), in steps of 2⁻³². */
  uniform(): number;
}

/** Creates an sfc32 generator (Chris Doty-Humphrey, PractRand); a few rounds mix the seed. */
export function createRng(seed: number): Rng {
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = Math.floor(seed / 0x1_0000_0000) | 0;
  let counter = 1;
  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) word();
  const share = () => word() / 0x1_0000_0000;
  return { uint32: word, uniform: share, below: (n) => Math.floor(share() * n) };
}
