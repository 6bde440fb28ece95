import { checkOf } from './checks/index.ts';
import type { Plan } from './plan.ts';

/** The model ids that a plan's evaluators ask, without doubles. */
export function judgesOf(plan: Plan): string[] {
  const found = new Set<string>();
  for (const evaluator of evaluatorsOf(plan)) {
    const check = checkOf(evaluator);
    const model = 'error' in check ? null : check.judgeModel?.(evaluator, plan.judge);
    if (model) found.add(model);
  }
  return [...found];
}

/** Judge calls per judge that one pass over all cases makes for one model. */
export function judgeCalls(plan: Plan): Map<string, number> {
  const calls = new Map<string, number>();
  for (const item of plan.cases) {
    if (item.skip) continue;
    for (const evaluator of item.evaluators) {
      const check = checkOf(evaluator);
      const model = 'error' in check ? null : check.judgeModel?.(evaluator, plan.judge);
      if (model) calls.set(model, (calls.get(model) ?? 0) + 1);
    }
  }
  return calls;
}

function evaluatorsOf({ document, cases }: Plan) {
  return [...document.evaluators, ...cases.flatMap((item) => item.row.meta.evaluators)];
}
