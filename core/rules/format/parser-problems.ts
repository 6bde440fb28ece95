import type { Problem, RuleContext } from '../../lint/engine/rule.ts';
import type { ParseProblem } from '../../prompt/document.ts';

/** What the parser noticed and this rule reports. */
export function selectParseProblems(
  { prompt }: RuleContext,
  rule: ParseProblem['rule'],
): Problem[] {
  return prompt.problems
    .filter((problem) => problem.rule === rule)
    .map(({ message, span, severity }) => ({ message, span, ...(severity ? { severity } : {}) }));
}
