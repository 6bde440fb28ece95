import { minimumDetectableChange, TYPICAL_NOISE } from './minimum-detectable-change.ts';

/** From this many cases on, a change in fewer than half of them is detectable. */
export const ENOUGH_CASES = 20;

/**
 * What so few cases cannot detect, as the end of a sentence: `too few to detect a change in pass rate`. Null if there
 * are at least `least`, or none. Cases of one group count once.
 */
export function describeFewCases(cases: number, least: number = ENOUGH_CASES): string | null {
  if (cases === 0 || cases >= least) return null;
  const points = Math.round(minimumDetectableChange(cases, TYPICAL_NOISE) * 100);
  return points >= 100
    ? 'too few to detect a change in pass rate'
    : `too few to detect a change in pass rate of less than about ${points} points`;
}
