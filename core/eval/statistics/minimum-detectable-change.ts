/** z of a two-sided 5 % level, and of 80 % power. */
const LEVEL = 1.96;
const POWER = 0.84;

/**
 * The share of verdicts that turn over between two runs of one and the same prompt, for one repeat,
 * where nothing better is known: of a golden set in which 72 % of the cases pass nearly always, 10 %
 * nearly never and 18 % six times in ten.
 */
export const TYPICAL_NOISE = 0.115;

/**
 * How many cases show a change of `change` (0 to 1) with 80 % power at the 5 % level, `discordance` being
 * the mean square of the per-case differences (for pass/fail: the share of cases that change).
 * Connor 1987; Miller 2024 §5.
 */
export function requiredSampleSize(change: number, discordance: number): number {
  const delta = Math.abs(change);
  if (delta === 0) return Infinity;
  const rest = Math.sqrt(Math.max(0, discordance - delta * delta));
  return Math.ceil(((LEVEL * Math.sqrt(discordance) + POWER * rest) / delta) ** 2);
}

/**
 * The smallest change (0 to 1) that `n` cases show with 80 % power. `noise` is the mean square of the
 * per-case differences without a change: `USUAL_NOISE / repeats`, or what a run showed; a change adds its
 * own size to it. Never under six changed cases, without which no test can reach p < .05, each of them
 * changing by at least 1 / `repeats`. 1 when not even that would show.
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
