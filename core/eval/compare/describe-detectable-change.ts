import type { Plan } from '../plan/plan.ts';
import {
  minimumDetectableChange,
  requiredSampleSize,
  TYPICAL_NOISE,
} from '../statistics/minimum-detectable-change.ts';
import { formatMagnitude } from './describe-verdict.ts';

/**
 * Before a run, in one line: the smallest change between two versions that its cases show with 80 % power at
 * the noise of a usual golden set, and how many cases the margin (a share) would take.
 */
export function describeDetectableChange({ cases, repeat }: Plan, margin: number): string {
  const asked = cases.filter(({ skip }) => !skip);
  const n = new Set(asked.map(({ id, group }) => (group === undefined ? `case ${id}` : group)))
    .size;
  const noise = TYPICAL_NOISE / repeat;
  const detectable = minimumDetectableChange(n, noise, repeat);
  const shown =
    detectable >= 1
      ? 'too few cases to show a change between two versions'
      : `shows changes between versions from about ${formatMagnitude(Math.ceil(detectable * 100) / 100)} points on`;
  const needed =
    detectable > margin
      ? `; ${formatMagnitude(margin)} points take about ${requiredSampleSize(margin, noise + margin)} cases`
      : '';
  return `${shown}${needed}`;
}
