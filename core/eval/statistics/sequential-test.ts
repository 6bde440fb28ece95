/** How much one case must change for its evidence to count at once, in units of its squared change. */
const RHO = 1;

/** How the level of 5 % is shared: a fifth for stopping early, the rest for the whole run. */
const EARLY = 0.2;

/**
 * Looks at changes one by one and may stop at any time: under "no change" (a change and its opposite are
 * equally likely) the mixture martingale rises above 1/α with at most the chance α, ever.
 * De la Peña 1999, "A General Class of Exponential Inequalities"; Robbins 1970 for the normal mixture;
 * Ville's inequality.
 */
export class SequentialTest {
  #sum = 0;
  #squares = 0;
  #highest = 1;

  /** The next change, from −1 to 1. */
  add(difference: number): void {
    if (Math.abs(difference) < 1e-9) return;
    this.#sum += difference;
    this.#squares += difference * difference;
    const spread = RHO + this.#squares;
    const value = Math.sqrt(RHO / spread) * Math.exp(this.#sum ** 2 / (2 * spread));
    this.#highest = Math.max(this.#highest, value);
  }

  /** Two-sided and valid whenever one looks. */
  get p(): number {
    return 1 / this.#highest;
  }

  /** The verdict stands whatever comes: stopping now keeps the level of the whole procedure. */
  get isDecided(): boolean {
    return this.p < EARLY * 0.05;
  }
}

/**
 * One p of both looks, valid at its face value: of the test that may stop early and, where nothing was
 * stopped, of the one over all cases. Weighted Bonferroni.
 */
export function combinePValues(sequential: number, whole: number | null): number {
  return Math.min(1, sequential / EARLY, whole === null ? 1 : whole / (1 - EARLY));
}
