import type { Evaluator } from '../../prompt/document.ts';
import { findCheck } from '../checks/index.ts';
import type { Plan } from '../plan/plan.ts';

/** Lists the distinct model ids of a plan's judges. */
export function listJudges({ document, cases, judge }: Plan): string[] {
  const own = cases.flatMap((item) => item.row.meta.evaluators);
  const models = [...document.evaluators, ...own].flatMap((e) => findJudge(e, judge) ?? []);
  return [...new Set(models)];
}

/** Finds the model id of an evaluator's judge; null if it has none. */
export function findJudge(evaluator: Evaluator, defaultJudge: string | null): string | null {
  const check = findCheck(evaluator);
  return ('error' in check ? null : check.judgeModel?.(evaluator, defaultJudge)) ?? null;
}
