import type { Plan } from '../plan/plan.ts';
import {
  minimumDetectableChange,
  requiredSampleSize,
  TYPICAL_NOISE,
} from '../statistics/minimum-detectable-change.ts';
import { formatMagnitude } from './describe-verdict.ts';

/**
 * Describes in one line, before a run, the minimum detectable change between two versions (80 % power, with
 * the noise of a typical golden set), and how many cases detecting the margin (a share) takes.
 */
export function describeDetectableChange({ cases, repeat }: Plan, margin: number): string {
  const asked = cases.filter(({ skip }) => !skip);
  const n = new Set(asked.map(({ id, group }) => (group === undefined ? `case ${id}` : group)))
    .size;
  const noise = TYPICAL_NOISE / repeat;
  const detectable = minimumDetectableChange(n, noise, repeat);
  const shown =
    detectable >= 1
      ? 'too few cases to detect any change between versions'
      : `minimum detectable change: ${formatMagnitude(Math.ceil(detectable * 100) / 100)} points`;
  const needed =
    detectable > margin
      ? `; detecting ${formatMagnitude(margin)} points takes about ${requiredSampleSize(margin, noise + margin)} cases`
      : '';
  return `${shown}${needed}`;
}
