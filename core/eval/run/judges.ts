import type { Evaluator } from '../../prompt/document.ts';
import { findCheck } from '../checks/index.ts';
import type { Plan } from '../plan/plan.ts';

/** The model ids that a plan's evaluators ask, without doubles. */
export function listJudges({ document, cases, judge }: Plan): string[] {
  const own = cases.flatMap((item) => item.row.meta.evaluators);
  const models = [...document.evaluators, ...own].flatMap((e) => findJudge(e, judge) ?? []);
  return [...new Set(models)];
}

/** The model id that an evaluator asks; null when it asks none. */
export function findJudge(evaluator: Evaluator, defaultJudge: string | null): string | null {
  const check = findCheck(evaluator);
  return ('error' in check ? null : check.judgeModel?.(evaluator, defaultJudge)) ?? null;
}
