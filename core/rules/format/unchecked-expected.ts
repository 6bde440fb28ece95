import type { Fix, Rule } from '../../lint/engine/rule.ts';
import type { PromptDocument, Row } from '../../prompt/document.ts';
import { appendItem, insertEntry } from '../../prompt/edit.ts';
import { findEntry } from '../../prompt/node.ts';
import { readsExpected } from './reads-expected.ts';

export const uncheckedExpected: Rule = {
  id: 'unchecked-expected',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  fix: 'unsafe',
  summary: 'Test rows have `expected`, but no evaluator compares with it',
  docs: {
    why: '`expected` is a value like any other: an answer is compared with it only by an evaluator that reads it. Without one, a wrong answer is not noticed, and without any evaluator an eval has no result at all.',
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
evaluators:
  - name: right
    uses: promptsmith/icontains`,
    unless: 'People compare the answers, or another program does.',
  },
  *check({ prompt, uses, facts }) {
    if (uses.messages.has('expected')) return;
    const rows = prompt.rows.filter((row) => !row.meta.skip && hasExpected(row));
    const inFiles = prompt.testFiles.length > 0 && facts.testFileKeys?.has('expected') === true;
    if (rows.length === 0 && !inFiles) return;
    const open = rows.filter((row) => !row.meta.evaluators.some(readsExpected));
    if (prompt.evaluators.some(readsExpected) || (open.length === 0 && !inFiles)) return;
    const span = open[0]?.values.get('expected')?.keySpan ?? prompt.testFiles[0]?.span;
    if (!span) return;
    const hasChecks =
      prompt.evaluators.length > 0 || prompt.rows.some(({ meta }) => meta.evaluators.length > 0);
    const fix = addEvaluator(prompt, open);
    yield {
      message: hasChecks
        ? 'No evaluator compares the answer with `expected`. Add one, such as `promptsmith/icontains` or `github/similarity`.'
        : 'Nothing compares the answer with `expected`, because there are no evaluators. Add one, such as `promptsmith/icontains` or `github/similarity`.',
      span,
      ...(fix ? { fixes: [fix] } : {}),
    };
  },
};

function hasExpected({ values }: Row): boolean {
  return (values.get('expected')?.text ?? '').trim() !== '';
}

/** What an answer can contain word for word. */
const SHORT = /^\S{1,40}(?: \S{1,40}){0,3}$/;

function addEvaluator({ root, text }: PromptDocument, rows: readonly Row[]): Fix | null {
  if (root?.type !== 'map') return null;
  const areShort = rows.every(({ values }) => SHORT.test(values.get('expected')?.text ?? ''));
  const [title, item] = areShort
    ? [
        'Add an evaluator that looks for `expected` in the answer',
        'name: contains the expected text\nuses: promptsmith/icontains',
      ]
    : [
        'Add a judge that compares the meaning with `expected`',
        'name: means the same\nuses: github/similarity\nthreshold: 0.75',
      ];
  const entry = findEntry(root, 'evaluators');
  if (entry?.value.type === 'list' && entry.value.items.length > 0 && !entry.value.flow)
    return { title, safe: false, edits: [appendItem(entry.value, item, text)] };
  const yaml = `\n  - ${item.replaceAll('\n', '\n    ')}`;
  if (!entry) return { title, safe: false, edits: [insertEntry(root, 'evaluators', yaml, text)] };
  const isEmpty = entry.value.type === 'list' && entry.value.items.length === 0;
  if (!isEmpty || entry.value.alias) return null;
  const span = { start: entry.key.span.end, end: entry.span.end };
  return { title, safe: false, edits: [{ span, text: `:${yaml}` }] };
}
