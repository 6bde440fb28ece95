/**
 * The share of repeats that disagree with the majority; null (unknown) with fewer than three repeats, which
 * are too few to estimate it.
 */
export function computeFlakiness(passed: number, failed: number): number | null {
  const repeats = passed + failed;
  return repeats < 3 ? null : Math.min(passed, failed) / repeats;
}

/**
 * pass@k: the chance that at least one of `k` tries passes, from `passed` of `repeats`; the unbiased
 * estimate of Chen et al. 2021, "Evaluating Large Language Models Trained on Code". Null if k > repeats.
 */
export function passAtK(passed: number, repeats: number, k: number): number | null {
  const none = chanceOfAll(repeats - passed, repeats, k);
  return none === null ? null : 1 - none;
}

/** pass^k: the chance that all of `k` tries pass (Yao et al. 2024, "τ-bench"). Null if k > repeats. */
export function passHatK(passed: number, repeats: number, k: number): number | null {
  return chanceOfAll(passed, repeats, k);
}

/** C(of, k) / C(repeats, k): the chance that `k` draws without replacement are all among `of`. */
function chanceOfAll(of: number, repeats: number, k: number): number | null {
  if (k < 1 || k > repeats) return null;
  let share = 1;
  for (let i = 0; i < k; i++) share *= Math.max(0, of - i) / (repeats - i);
  return share;
}
