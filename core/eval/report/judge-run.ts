import type { Plan } from '../plan/plan.ts';
import { type AcceptanceResult, judgeAcceptance } from './acceptance.ts';
import { type Conclusion, concludeRun, countUnasked } from './conclude-run.ts';
import type { CaseSummary, Summary } from './summary.ts';

/** What a run says about its prompt on its first model. */
export interface JudgedRun {
  readonly acceptance: AcceptanceResult;
  readonly conclusion: Conclusion;
}

/**
 * Judges a run by the criteria and required tests of a plan, on its first model: candidates have no say.
 * `cases` are those of all models; `maxErrorRate` is a share from 0 to 1.
 */
export function judgeRun(
  summary: Summary,
  cases: readonly CaseSummary[],
  plan: Pick<Plan, 'document' | 'cases'>,
  maxErrorRate: number,
): JudgedRun {
  const must = new Set(plan.cases.filter((one) => one.must).map(({ id }) => id));
  const [first] = summary.run.models;
  const own = cases.filter(({ model = first }) => model === first);
  const acceptance = judgeAcceptance(plan.document.acceptance, summary, own, must);
  const asked = { ...summary, unasked: countUnasked(summary) };
  return { acceptance, conclusion: concludeRun(asked, acceptance, maxErrorRate) };
}
