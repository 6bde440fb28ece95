import type { Plan } from '../plan/plan.ts';
import { detectableChange, neededCases, USUAL_NOISE } from '../statistics/detectable.ts';
import { magnitude } from './verdict-text.ts';

/**
 * Before a run, in one line: the smallest change between two versions that its cases show with 80 % power at
 * the noise of a usual golden set, and how many cases the margin (a share) would take.
 */
export function detectableText({ cases, repeat }: Plan, margin: number): string {
  const asked = cases.filter(({ skip }) => !skip);
  const n = new Set(asked.map(({ id, group }) => (group === undefined ? `case ${id}` : group)))
    .size;
  const noise = USUAL_NOISE / repeat;
  const detectable = detectableChange(n, noise, repeat);
  const shown =
    detectable >= 1
      ? 'too few cases to show a change between two versions'
      : `shows changes between versions from about ${magnitude(Math.ceil(detectable * 100) / 100)} points on`;
  const needed =
    detectable > margin
      ? `; ${magnitude(margin)} points take about ${neededCases(margin, noise + margin)} cases`
      : '';
  return `${shown}${needed}`;
}
