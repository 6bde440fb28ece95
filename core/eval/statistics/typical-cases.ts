import type { Rng } from './rng.ts';

/** A kind of case: its share of a golden set, and its pass rate. Both are from 0 to 1. */
export interface CaseKind {
  readonly share: number;
  readonly passes: number;
}

/**
 * A typical golden set, as the assumption before a run: most cases pass nearly always, some nearly never,
 * and some occasionally.
 */
export const TYPICAL_CASES: readonly CaseKind[] = [
  { share: 0.72, passes: 0.985 },
  { share: 0.1, passes: 0.04 },
  { share: 0.18, passes: 0.6 },
];

/** Draws a case from such a set and returns its pass rate. */
export function drawCase(random: Rng, kinds: readonly CaseKind[] = TYPICAL_CASES): number {
  let left = random.uniform() * kinds.reduce((sum, { share }) => sum + share, 0);
  for (const { share, passes } of kinds) {
    if (left < share) return passes;
    left -= share;
  }
  return kinds.at(-1)?.passes ?? 0;
}

/** Draws the number of passed repeats. */
export function drawPasses(chance: number, repeats: number, random: Rng): number {
  let count = 0;
  for (let i = 0; i < repeats; i++) if (random.uniform() < chance) count++;
  return count;
}

/** The kinds with unnormalized posterior shares (Bayes), given the passed repeats of a case. */
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
