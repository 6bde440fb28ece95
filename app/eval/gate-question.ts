import type { RunResults } from '#core/eval/compare/comparison.ts';
import type { GateQuestion } from '#core/eval/compare/gate-chance.ts';
import type { Plan } from '#core/eval/plan/plan.ts';

/**
 * Which runs fail: `any`, in which a case fails or the file's acceptance is not met; `regression`, worse
 * than the baseline; `inferior`, not shown to be within the margin of it; `never`, none.
 */
export type FailPolicy = 'any' | 'regression' | 'inferior' | 'never';

export interface GateBasis {
  readonly base: RunResults;
  /** 0 to 1 */
  readonly margin: number;
}

/** What a run has to meet by a policy; null where that does not depend on more than single cases. */
export function askGate(
  policy: FailPolicy,
  plan: Plan,
  { base, margin }: GateBasis,
): GateQuestion | null {
  const known = new Map(base.cases.map((one) => [one.id, one]));
  const cases = plan.cases.flatMap(({ id, must, skip }) => {
    const before = known.get(id);
    if (skip || !before) return [];
    const { passed, repeats } = before;
    return [{ must, ...(repeats > 0 ? { base: { passed, repeats } } : {}) }];
  });
  const about = { cases, repeats: plan.repeat, margin };
  if (policy === 'inferior') return { preset: 'non-inferior', ...about };
  const { passRate } = plan.document.acceptance ?? {};
  const requiresMore = passRate !== undefined || cases.some(({ must }) => must);
  if (policy !== 'any' || !requiresMore) return null;
  return { preset: 'no-regression', ...about, ...(passRate === undefined ? {} : { passRate }) };
}
