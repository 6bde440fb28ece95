/** The variance of the normal mixture, in units of one squared change. */
const RHO = 1;

/** The share of the 5 % level for stopping early; the rest is for the test over the whole run. */
const EARLY = 0.2;

/**
 * A sequential test that may stop at any time. Without a real change (a change and its opposite are equally
 * likely), the mixture martingale ever exceeds 1/α with probability at most α (Ville's inequality).
 * De la Peña 1999, "A General Class of Exponential Inequalities"; Robbins 1970 for the normal mixture.
 */
export class SequentialTest {
  #sum = 0;
  #squares = 0;
  #highest = 1;

  /** Adds the next change, from −1 to 1. */
  add(difference: number): void {
    if (Math.abs(difference) < 1e-9) return;
    this.#sum += difference;
    this.#squares += difference * difference;
    const spread = RHO + this.#squares;
    const value = Math.sqrt(RHO / spread) * Math.exp(this.#sum ** 2 / (2 * spread));
    this.#highest = Math.max(this.#highest, value);
  }

  /** The two-sided p-value, valid at any time. */
  get p(): number {
    return 1 / this.#highest;
  }

  /** True if stopping now keeps the level of the whole procedure. */
  get isDecided(): boolean {
    return this.p < EARLY * 0.05;
  }
}

/**
 * Combines the p-values of the sequential test and of the test over all cases by a weighted Bonferroni
 * correction. `whole` is null if the run was stopped early.
 */
export function combinePValues(sequential: number, whole: number | null): number {
  return Math.min(1, sequential / EARLY, whole === null ? 1 : whole / (1 - EARLY));
}
