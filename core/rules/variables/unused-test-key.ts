import { findClosest } from '../../find-closest.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import type { RowValue } from '../../prompt/document.ts';

export const unusedTestKey: Rule = {
  id: 'unused-test-key',
  severity: 'info',
  mode: 'recommended',
  group: 'variables',
  tags: ['variables', 'evals'],
  summary: 'No placeholder or evaluator uses a key of the test rows',
  diagnosticTag: 'unnecessary',
  docs: {
    why: 'Each key of a row is a variable. One that no template uses has no effect and is often a misspelled variable. Keys that describe a case by convention (`expected`, `name`, `id`, `category` …) are not reported.',
    bad: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German
    formality: high`,
    good: `messages:
  - role: user
    content: Translate {{text}} to {{language}}.
testData:
  - text: Good morning
    language: German
    $case: { tags: [formal] }`,
    unless:
      'Another program reads the key. Information about the case itself belongs under `$case`.',
  },
  *check({ prompt, uses }) {
    // Without any placeholder, rows are not about variables.
    if (uses.names.size === 0) return;
    const declared = new Set(prompt.variables.map(({ name }) => name));
    const seen = new Map<string, { first: RowValue; rows: number }>();
    for (const { values } of prompt.rows) {
      for (const value of values.values()) {
        const { name } = value;
        if (uses.names.has(name) || declared.has(name) || isConvention(name)) continue;
        const known = seen.get(name);
        if (known) known.rows++;
        else seen.set(name, { first: value, rows: 1 });
      }
    }
    const given = new Set(prompt.rows.flatMap(({ values }) => [...values.keys()]));
    const open = [...uses.names].filter((name) => !given.has(name)).slice(0, 100);
    for (const [name, { first, rows }] of seen) {
      const near = name.length > 2 ? findClosest(name, open) : undefined;
      const where = rows === 1 ? 'this row' : `${rows} rows`;
      const hint = near
        ? `Did you mean \`${near}\`?`
        : `Use \`{{${name}}}\`, remove it, or move what describes the case to \`$case\`.`;
      yield {
        message: `Nothing uses \`${name}\`, which ${where} ${rows === 1 ? 'sets' : 'set'}. ${hint}`,
        span: first.keySpan,
      };
    }
  },
};

/** Keys that rows contain by convention: references, and notes about the case. */
const CONVENTIONS: ReadonlySet<string> = new Set(
  'expected input output reference context answer completion name id title description comment notes note label labels tag tags category type difficulty source metadata meta reason rationale explanation'.split(
    ' ',
  ),
);

/** Also `expected_output`, and names that begin with `_`, `$` or `x-`. */
function isConvention(name: string): boolean {
  return CONVENTIONS.has(name) || /^(?:expected[-_A-Z]|[_$]|x-)/.test(name);
}
