import type { Evaluator } from '../../prompt/document.ts';
import { checkOf } from '../checks/index.ts';
import type { Plan } from '../plan/plan.ts';

/** The model ids that a plan's evaluators ask, without doubles. */
export function judgesOf({ document, cases, judge }: Plan): string[] {
  const own = cases.flatMap((item) => item.row.meta.evaluators);
  const models = [...document.evaluators, ...own].flatMap((e) => judgeOf(e, judge) ?? []);
  return [...new Set(models)];
}

/** The model id that an evaluator asks; null when it asks none. */
export function judgeOf(evaluator: Evaluator, defaultJudge: string | null): string | null {
  const check = checkOf(evaluator);
  return ('error' in check ? null : check.judgeModel?.(evaluator, defaultJudge)) ?? null;
}
