import type { Problem, RuleContext } from '../../lint/engine/rule.ts';
import type { ParseProblem } from '../../prompt/document.ts';

/** Selects the parser's problems of one kind, for the rule that reports them. */
export function selectParseProblems(
  { prompt }: RuleContext,
  code: ParseProblem['code'],
): Problem[] {
  return prompt.problems
    .filter((problem) => problem.code === code)
    .map(({ message, span, severity }) => ({ message, span, ...(severity ? { severity } : {}) }));
}
