/** The z values of a two-sided 5 % level and of 80 % power. */
const Z_LEVEL = 1.96;
const Z_POWER = 0.84;

/**
 * The expected share of verdicts that change between two runs of the same prompt with one repeat, for a
 * typical golden set: 72 % of the cases pass nearly always, 10 % nearly never and 18 % six times in ten.
 */
export const TYPICAL_NOISE = 0.115;

/**
 * The number of cases that detects a change of `change` (0 to 1) with 80 % power at the 5 % level.
 * `discordance` is the mean square of the per-case differences (for pass/fail: the share of changed cases).
 * Connor 1987; Miller 2024 §5.
 */
export function requiredSampleSize(change: number, discordance: number): number {
  const delta = Math.abs(change);
  if (delta === 0) return Infinity;
  const rest = Math.sqrt(Math.max(0, discordance - delta * delta));
  return Math.ceil(((Z_LEVEL * Math.sqrt(discordance) + Z_POWER * rest) / delta) ** 2);
}

/**
 * The minimum change (0 to 1) that `n` cases detect with 80 % power. `noise` is the mean square of the
 * per-case differences without a change: `TYPICAL_NOISE / repeats`, or the value of a run; a change adds its
 * own size to it. At least six cases must change for p < .05, each by at least 1 / `repeats`. Returns 1 if
 * no smaller change is detectable.
 */
export function minimumDetectableChange(n: number, noise: number, repeats = 1): number {
  if (n <= 0) return 1;
  const floor = Math.min(1, 6 / (n * repeats));
  let [low, high] = [0, 1];
  for (let i = 0; i < 40; i++) {
    const delta = (low + high) / 2;
    if (requiredSampleSize(delta, noise + delta) <= n) high = delta;
    else low = delta;
  }
  return Math.max(floor, high);
}
