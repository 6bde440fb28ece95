import type { Problem, Rule } from '../../lint/engine/rule.ts';
import { isAnswer } from '../../lint/variable-uses.ts';
import type { Row } from '../../prompt/document.ts';
import { headSpan } from '../../prompt/locate.ts';
import { child } from '../../prompt/node.ts';

export const missingTestValue: Rule = {
  id: 'missing-test-value',
  severity: 'warning',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables', 'evals'],
  summary: 'A test row lacks a value that the prompt or an evaluator needs',
  docs: {
    why: 'A case with an unfilled placeholder is not sent: it ends in an error and does not pass.',
    bad: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German
  - text: Good night`,
    good: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German
  - text: Good night
    language: French`,
    unless: 'The value is optional: declare it under `variables` with a `default`.',
  },
  *check({ prompt, facts, uses, templates }) {
    const { variables, root } = prompt;
    const rows = prompt.rows.filter(({ meta }) => !meta.skip);
    const list = child(root, 'testData');
    if (list?.type !== 'list' || rows.length === 0) return;
    const filled = new Set(variables.flatMap((v) => (v.defaultNode ? [v.name] : [])));
    const declared = new Map(variables.map((variable) => [variable.name, variable]));
    const counts = countRows(rows);
    // A variable without any value is one finding of `undefined-variable`, not one per row.
    const isGiven = (name: string): boolean =>
      declared.has(name) || counts.has(name) || facts.testFileKeys?.has(name) === true;
    const needed = [...new Set([...uses.messages.keys(), ...uses.evaluators.keys()])].filter(
      (name) => isGiven(name) && !filled.has(name),
    );
    const nowhere = rows.length > 1 ? needed.filter((name) => !counts.has(name)) : [];
    for (const name of nowhere) {
      const use = uses.messages.get(name) ?? uses.evaluators.get(name);
      const span = declared.get(name)?.nameSpan ?? use?.span;
      const message = `No test row has a value for \`${name}\`, so no case can run. Add it to the rows, or declare a \`default\`.`;
      if (span) yield { message, span };
    }
    const everyRow = new Set(needed.filter((name) => rows.length === 1 || counts.has(name)));
    const own = ownNames(templates);
    for (const row of rows) {
      const lacking = listLackingNames(row, everyRow, own.get(row), filled);
      const item = list.items[row.index];
      if (lacking && item) yield reportMissing(lacking, headSpan(item));
    }
  },
};

/** Counts the rows that define each name. */
function countRows(rows: readonly Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { values } of rows)
    for (const name of values.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Lists the variables of a row's own evaluators. */
function ownNames(templates: Parameters<Rule['check']>[0]['templates']): Map<Row, Set<string>> {
  const names = new Map<Row, Set<string>>();
  for (const { row, template, place } of templates) {
    if (!row) continue;
    const known = names.get(row) ?? new Set();
    names.set(row, known);
    for (const { name } of template.placeholders) if (!isAnswer(name, place)) known.add(name);
  }
  return names;
}

interface Lacking {
  readonly some: readonly string[];
  readonly count: number;
}

/** Takes time in proportion to the row, not to the prompt's variables: both may be large. */
function listLackingNames(
  { values }: Row,
  needed: ReadonlySet<string>,
  own: ReadonlySet<string> | undefined,
  filled: ReadonlySet<string>,
): Lacking | null {
  const extra = [...(own ?? [])].filter(
    (name) => !values.has(name) && !filled.has(name) && !needed.has(name),
  );
  let present = 0;
  for (const name of values.keys()) if (needed.has(name)) present++;
  const count = needed.size - present + extra.length;
  if (count === 0) return null;
  const some: string[] = [...extra.slice(0, 3)];
  for (const name of needed) {
    if (some.length === 3) break;
    if (!values.has(name)) some.push(name);
  }
  return { some, count };
}

function reportMissing({ some, count }: Lacking, span: Problem['span']): Problem {
  const names = some.map((name) => `\`${name}\``).join(', ');
  const more = count > some.length ? ` and ${count - some.length} more` : '';
  return { message: `This case has no value for ${names}${more} and cannot run. Add it.`, span };
}
