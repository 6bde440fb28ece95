import type { Rng } from '#core/eval/statistics/rng.ts';
import { drawCase } from '#core/eval/statistics/typical-cases.ts';

/** A case that a new version breaks passes this often. */
const BROKEN = 0.12;
/** A case that a new version repairs passes this often. */
const REPAIRED = 0.985;

/** The chances to pass of a typical golden set. */
export function drawQuality(cases: number, random: Rng): number[] {
  return Array.from({ length: cases }, () => drawCase(random));
}

/**
 * The chances to pass of a version whose true pass rate on these cases differs by `change` (−1 to 1) from
 * that of another one: random cases break, or are repaired. The last of them changes only so far that
 * the change is exact, as far as there is room.
 */
export function changeQuality(base: readonly number[], change: number, random: Rng): number[] {
  const chances = [...base];
  const goal = change < 0 ? BROKEN : REPAIRED;
  const sign = Math.sign(change);
  const order = base.flatMap((chance, i) => ((goal - chance) * sign > 0 ? [i] : []));
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const [a = 0, b = 0] = [order[i], order[j]];
    order[i] = b;
    order[j] = a;
  }
  let left = change * base.length;
  for (const i of order) {
    if (left * sign <= 1e-12) break;
    const chance = chances[i] ?? 0;
    const step = sign > 0 ? Math.min(goal - chance, left) : Math.max(goal - chance, left);
    chances[i] = chance + step;
    left -= step;
  }
  return chances;
}

/** The difference of the true pass rates of two versions on their cases. */
export function trueChange(base: readonly number[], version: readonly number[]): number {
  return version.reduce((sum, chance, i) => sum + chance - (base[i] ?? 0), 0) / base.length;
}
