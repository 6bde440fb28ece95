import type { Problem, Rule, RuleContext } from '../../lint/engine/rule.ts';
import { collectGivenNames } from '../../lint/variable-uses.ts';
import type { Placeholder } from '../../prompt/template.ts';
import { collectTextNames } from '../format/text-values.ts';
import { declareVariable, findNearestName, renamePlaceholders } from './variable-fixes.ts';

export const undefinedVariable: Rule = {
  id: 'undefined-variable',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  fix: 'unsafe',
  summary: 'A placeholder has no value',
  docs: {
    why: 'Other programs silently send a placeholder without a value as `{{name}}`; Promptsmith does not run it. If the file has `variables`, a placeholder that is not declared there is an error. If it has only test rows, a placeholder that no row fills is a warning. If it has neither, the caller fills the placeholders and nothing is reported.',
    bad: `messages:
  - role: user
    content: Translate {{text}} to {{langauge}}.
testData:
  - text: Good morning
    language: German`,
    good: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German`,
  },
  isReady: ({ prompt, facts }) => prompt.testFiles.length === 0 || Boolean(facts.testFileKeys),
  *check(context) {
    const { prompt, facts, uses } = context;
    const declared = new Set(prompt.variables.map(({ name }) => name));
    const given = collectGivenNames(prompt, facts.testFileKeys);
    const isPending = prompt.testFiles.length > 0 && !facts.testFileKeys;
    const hasRows = facts.testFileKeys?.size || prompt.rows.some(({ values }) => values.size > 0);
    // Evaluators run only on rows; without rows, the caller may fill the variables of the messages.
    const canTell = Boolean(hasRows) && !isPending;
    const lacking: Placeholder[] = [];
    for (const placeholder of uses.messages.values()) {
      const { name } = placeholder;
      if (declared.has(name)) continue;
      if (prompt.declares) yield reportUndeclared(placeholder, given, context);
      else if (canTell && !given.has(name)) lacking.push(placeholder);
    }
    for (const placeholder of canTell ? uses.evaluators.values() : []) {
      const { name, span } = placeholder;
      if (given.has(name) || uses.messages.has(name)) continue;
      if (name === 'completion') yield { message: ANSWER, span };
      else lacking.push(placeholder);
    }
    // Values that are one text are the finding of `row-alias`.
    if (lacking.length === 0) return;
    const written = collectTextNames(context);
    const open = lacking.filter(({ name }) => !written.has(name));
    yield* reportWithoutValue(open, given, context);
  },
};

const ANSWER =
  '`{{completion}}` has no value here: only the prompt of an `llm` judge knows the answer by that name.';

function reportUndeclared(
  { name, span }: Placeholder,
  given: ReadonlySet<string>,
  context: RuleContext,
): Problem {
  const near = given.has(name) ? undefined : findNearestName(name, given, context);
  const declare = declareVariable(name, context);
  const hint = near
    ? `Did you mean \`{{${near}}}\`?`
    : 'Declare it, so that callers know to supply it.';
  return {
    message: `\`{{${name}}}\` is not declared under \`variables\`. ${hint}`,
    span,
    severity: 'error',
    fixes: [
      ...(near ? [renamePlaceholders(name, near, context)] : []),
      ...(declare ? [declare] : []),
    ],
  };
}

/** A name that looks misspelled is a finding of its own; the others share one cause, the rows. */
function* reportWithoutValue(
  lacking: readonly Placeholder[],
  given: ReadonlySet<string>,
  context: RuleContext,
): Generator<Problem> {
  const others: Placeholder[] = [];
  for (const [i, placeholder] of lacking.entries()) {
    const { name, span } = placeholder;
    const near = i < 100 ? findNearestName(name, given, context) : undefined;
    if (near === undefined) others.push(placeholder);
    else {
      const message = `No test row has a value for \`{{${name}}}\`, so no case can run. Did you mean \`{{${near}}}\`?`;
      yield { message, span, fixes: [renamePlaceholders(name, near, context)] };
    }
  }
  const [first, ...rest] = others;
  if (!first) return;
  const names = others.slice(0, 4).map(({ name }) => `\`{{${name}}}\``);
  const more = others.length > 4 ? ` and ${others.length - 4} more` : '';
  yield {
    message: `No test row has a value for ${names.join(', ')}${more}, so no case can run. Add ${rest.length === 0 ? 'it' : 'them'} to the rows.`,
    span: first.span,
    related: rest
      .slice(0, 10)
      .map(({ name, span }) => ({ message: `\`{{${name}}}\` has no value either`, span })),
  };
}
