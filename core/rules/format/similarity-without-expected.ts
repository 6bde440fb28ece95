import { checkName, findCheck } from '../../eval/checks/index.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Evaluator, PromptDocument, Row } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { pointAt } from '../../prompt/locate.ts';
import { findEntry } from '../../prompt/node.ts';
import { fallsBackToExpected } from './reads-expected.ts';

export const similarityWithoutExpected: Rule = {
  id: 'similarity-without-expected',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'An evaluator compares with `expected`, which some test rows lack',
  docs: {
    why: '`github/similarity`, and every kind without a value of its own, compares the answer with the row’s `expected`. A row without it, or with empty text in it, ends in an error or in a score that says nothing.',
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
  - country: Ghana
evaluators:
  - name: right
    uses: promptsmith/icontains`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
  - country: Ghana
    expected: Accra
evaluators:
  - name: right
    uses: promptsmith/icontains`,
  },
  isReady: ({ prompt, facts }) => prompt.testFiles.length === 0 || Boolean(facts.testFileKeys),
  *check({ prompt, facts }) {
    const rows = prompt.rows.filter(({ meta }) => !meta.skip);
    const ofFiles = prompt.testFiles.length > 0 ? facts.testFileKeys : null;
    const filesLack = ofFiles !== null && ofFiles !== undefined && !ofFiles.has('expected');
    const blank = rows.filter((row) => lacksExpected(row, true));
    const lacking = blank.filter((row) => lacksExpected(row, false));
    if (blank.length === 0 && !(filesLack && rows.length === 0)) return;
    const hasDefault = prompt.variables.some((v) => v.name === 'expected' && v.defaultNode);
    const owner = new Map(
      prompt.rows.flatMap((row) =>
        row.meta.evaluators.map((evaluator) => [evaluator, row] as const),
      ),
    );
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const compared = comparesWithExpected(evaluator, hasDefault);
      const entry = findEntry(map, 'uses') ?? findEntry(map, 'type') ?? findEntry(map, 'regex');
      if (compared === null || !entry) continue;
      const { name, needsText } = compared;
      const all = needsText ? blank : lacking;
      const row = owner.get(evaluator);
      if (row ? row.meta.skip || !lacksExpected(row, needsText) : all.length === 0 && !filesLack)
        continue;
      yield report(name, pointAt(entry), row ? [row] : all, row ? 1 : rows.length, prompt);
    }
  },
};

function report(
  name: string,
  span: Problem['span'],
  lacking: readonly Row[],
  total: number,
  { rows }: PromptDocument,
): Problem {
  const isEmpty = lacking.length > 0 && lacking.every((row) => !lacksExpected(row, false));
  const what = isEmpty ? 'an empty one' : 'none';
  const none =
    lacking.length === total ? `no test row has ${isEmpty ? 'a text in it' : 'one'}` : null;
  const some = `${lacking.length} of ${total} test rows ${lacking.length === 1 ? 'has' : 'have'} ${what}`;
  return {
    message: `\`${name}\` compares with \`expected\`, but ${rows.length === 1 || total === 1 ? `the test row has ${what}` : (none ?? some)}. Add it, or set a value under \`with\`.`,
    span,
    related: lacking.slice(0, 5).flatMap(({ values, span: rowSpan }) => {
      const first = [...values.values()][0]?.keySpan ?? {
        start: rowSpan.start,
        end: rowSpan.start,
      };
      return [{ message: `this row has ${isEmpty ? 'an empty' : 'no'} \`expected\``, span: first }];
    }),
  };
}

/** Returns the check's name if it can compare only with `expected`, and whether empty text is as bad as none. */
function comparesWithExpected(
  evaluator: Evaluator,
  hasDefault: boolean,
): { readonly name: string; readonly needsText: boolean } | null {
  const check = findCheck(evaluator);
  if ('error' in check) return null;
  const name = checkName(check);
  if (check.needsExpected) return hasDefault ? null : { name, needsText: true };
  const needsText = check.parameters.some((p) => p.fallsBackToExpected && p.notEmpty);
  return fallsBackToExpected(evaluator) ? { name, needsText } : null;
}

function lacksExpected({ values }: Row, needsText: boolean): boolean {
  const expected = values.get('expected');
  if (!expected || (expected.node.type === 'scalar' && expected.node.value === null)) return true;
  return needsText && expected.text.trim() === '';
}
