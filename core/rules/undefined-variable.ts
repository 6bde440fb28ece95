import { closest } from '../closest.ts';
import type { Fix, Problem, Rule, RuleContext } from '../lint/rule.ts';
import { givenNames } from '../lint/variable-uses.ts';
import { appendItem, insertEntry } from '../prompt/edit.ts';
import { child } from '../prompt/node.ts';
import type { Placeholder } from '../prompt/template.ts';

export const undefinedVariable: Rule = {
  id: 'undefined-variable',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables'],
  summary: 'Nothing gives a placeholder a value',
  docs: {
    why: 'A placeholder without a value reaches the model as `{{name}}`, and other programs do not say so; Promptsmith refuses the run. Where the file has `variables`, a placeholder that is not declared there is an error. Where it has test rows only, one that no row gives is a warning. Where it has neither, the caller fills them and there is nothing to say.',
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
    const given = givenNames(prompt, facts.testFileKeys);
    const isPending = prompt.testFiles.length > 0 && !facts.testFileKeys;
    const hasValues =
      given.size > declared.size || prompt.rows.some(({ values }) => values.size > 0);
    for (const [name, placeholder] of uses.messages) {
      if (declared.has(name)) continue;
      if (prompt.declares) yield undeclared(name, placeholder, given, context);
      else if (hasValues && !isPending && !given.has(name))
        yield unknown(name, placeholder, given, context);
    }
    // Evaluators run on rows only: without any nothing is missing yet.
    if (!hasValues || isPending) return;
    for (const [name, placeholder] of uses.evaluators) {
      if (given.has(name) || uses.messages.has(name)) continue;
      yield name === 'completion'
        ? {
            message:
              'Only the prompt of an `llm` judge knows the answer as `{{completion}}`: here it has no value.',
            span: placeholder.span,
          }
        : unknown(name, placeholder, given, context);
    }
  },
};

function undeclared(
  name: string,
  { span }: Placeholder,
  given: ReadonlySet<string>,
  context: RuleContext,
): Problem {
  const rename = given.has(name) ? null : renameFix(name, given, context);
  const declare = declareFix(name, context);
  const hint = rename
    ? ` ${rename.title.replace('Rename it to', 'Did you mean')}?`
    : ' Declare it, so that callers know to give it.';
  return {
    message: `\`{{${name}}}\` is not declared under \`variables\`.${hint}`,
    span,
    severity: 'error',
    fixes: [...(rename ? [rename] : []), ...(declare ? [declare] : [])],
  };
}

function unknown(
  name: string,
  { span }: Placeholder,
  given: ReadonlySet<string>,
  context: RuleContext,
): Problem {
  const fix = renameFix(name, given, context);
  const hint = fix
    ? `${fix.title.replace('Rename it to', 'did you mean')}?`
    : 'give it one in the rows.';
  return {
    message: `No test row has a value for \`{{${name}}}\`, so no case can run: ${hint}`,
    span,
    ...(fix ? { fixes: [fix] } : {}),
  };
}

/** A rename of every placeholder of this name to the nearest one that has a value and no use yet. */
function renameFix(
  name: string,
  given: ReadonlySet<string>,
  { uses, templates }: RuleContext,
): Fix | null {
  const free = [...given].filter((other) => !uses.names.has(other)).slice(0, 1000);
  const near = name.length > 2 ? closest(name, free) : undefined;
  if (near === undefined || !/^[A-Za-z0-9_.-]+$/.test(near)) return null;
  const edits = templates
    .flatMap(({ template }) => template.placeholders)
    .filter((placeholder) => placeholder.name === name)
    .map(({ nameSpan }) => ({ span: nameSpan, text: near }));
  return { title: `Rename it to \`{{${near}}}\``, safe: false, edits };
}

function declareFix(name: string, { prompt: { root, text } }: RuleContext): Fix | null {
  const list = child(root, 'variables');
  if (!list || list.alias || /^\d/.test(name)) return null;
  const edit =
    list.type === 'list' && list.items.length > 0
      ? appendItem(list, list.flow ? `{ name: ${name} }` : `name: ${name}`, text)
      : list.type === 'map' && list.entries.length > 0
        ? insertEntry(list, name, '{}', text)
        : null;
  return edit && { title: `Declare \`${name}\``, safe: false, edits: [edit] };
}
