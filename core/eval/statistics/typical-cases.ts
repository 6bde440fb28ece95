import type { Rng } from './rng.ts';

/** A share of a golden set's cases, and how often one of them passes. Both 0 to 1. */
export interface CaseKind {
  readonly share: number;
  readonly passes: number;
}

/**
 * A usual golden set, for what has to be assumed before a run: most cases pass nearly always, some nearly
 * never, some now and then.
 */
export const TYPICAL_CASES: readonly CaseKind[] = [
  { share: 0.72, passes: 0.985 },
  { share: 0.1, passes: 0.04 },
  { share: 0.18, passes: 0.6 },
];

/** How often a case passes that is drawn from such a set. */
export function drawCase(random: Rng, kinds: readonly CaseKind[] = TYPICAL_CASES): number {
  let left = random.uniform() * kinds.reduce((sum, { share }) => sum + share, 0);
  for (const { share, passes } of kinds) {
    if (left < share) return passes;
    left -= share;
  }
  return kinds.at(-1)?.passes ?? 0;
}

/** How many of some repeats pass. */
export function drawPasses(chance: number, repeats: number, random: Rng): number {
  let count = 0;
  for (let i = 0; i < repeats; i++) if (random.uniform() < chance) count++;
  return count;
}

/** The kinds that a case may be of after it passed so often, with what that says of their shares (Bayes). */
export function posteriorKinds(
  passed: number,
  repeats: number,
  kinds: readonly CaseKind[] = TYPICAL_CASES,
): CaseKind[] {
  return kinds.map(({ share, passes }) => ({
    share: share * passes ** passed * (1 - passes) ** (repeats - passed),
    passes,
  }));
}
