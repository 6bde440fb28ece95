import type { Problem, RuleContext } from '../../lint/engine/rule.ts';
import { isTainted } from '../../lint/taint.ts';
import { describeSource } from '../../lint/workflow/inputs.ts';

/** The system prompt of a step that contains its prompt itself. */
export function* reportInlineSystem({ facts }: RuleContext): Iterable<Problem> {
  for (const { uri, inputs } of facts.workflowProblems?.inline ?? []) {
    for (const input of inputs) {
      if (input.role !== 'system' || !isTainted(input)) continue;
      yield {
        message: `${input.expression} is ${describeSource(input)} and ranks as your own instructions in \`${input.name}\`. Move it to \`prompt\`, between tags.`,
        span: input.span,
        uri,
        severity: input.confidence === 'high' ? 'error' : 'warning',
        confidence: input.confidence,
      };
    }
  }
}
