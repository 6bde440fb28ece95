import { checkName, findCheck } from '../../eval/checks/index.ts';
import type { Problem, Rule } from '../../lint/engine/rule.ts';
import type { Evaluator, PromptDocument, Row } from '../../prompt/document.ts';
import { listEvaluators } from '../../prompt/list-evaluators.ts';
import { pointAt } from '../../prompt/locate.ts';
import { findEntry } from '../../prompt/node.ts';

export const similarityWithoutExpected: Rule = {
  id: 'similarity-without-expected',
  severity: 'info',
  mode: 'recommended',
  group: 'format',
  tags: ['evals'],
  summary: 'An evaluator compares with `expected`, which some test rows lack',
  docs: {
    why: '`github/similarity`, and every kind without a value of its own, compares the answer with the row’s `expected`. A row without it ends in an error instead of a result.',
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
    const lacking = rows.filter(lacksExpected);
    const ofFiles = prompt.testFiles.length > 0 ? facts.testFileKeys : null;
    const filesLack = ofFiles !== null && ofFiles !== undefined && !ofFiles.has('expected');
    if (lacking.length === 0 && !(filesLack && rows.length === 0)) return;
    const hasDefault = prompt.variables.some((v) => v.name === 'expected' && v.defaultNode);
    const owner = new Map(
      prompt.rows.flatMap((row) =>
        row.meta.evaluators.map((evaluator) => [evaluator, row] as const),
      ),
    );
    for (const { evaluator, map } of listEvaluators(prompt)) {
      const name = comparesWithExpected(evaluator, hasDefault);
      const entry = findEntry(map, 'uses') ?? findEntry(map, 'type') ?? findEntry(map, 'regex');
      if (name === null || !entry) continue;
      const row = owner.get(evaluator);
      if (row && (row.meta.skip || !lacksExpected(row))) continue;
      yield report(name, pointAt(entry), row ? [row] : lacking, row ? 1 : rows.length, prompt);
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
  const none = lacking.length === total ? 'no test row has one' : null;
  const some = `${lacking.length} of ${total} test rows ${lacking.length === 1 ? 'has' : 'have'} none`;
  return {
    message: `\`${name}\` compares with \`expected\`, but ${rows.length === 1 || total === 1 ? 'the test row has none' : (none ?? some)}. Add it, or set a value under \`with\`.`,
    span,
    related: lacking.slice(0, 5).flatMap(({ values, span: rowSpan }) => {
      const first = [...values.values()][0]?.keySpan ?? {
        start: rowSpan.start,
        end: rowSpan.start,
      };
      return [{ message: 'this row has no `expected`', span: first }];
    }),
  };
}

/** Returns the check's name if it can compare only with `expected`. */
function comparesWithExpected(evaluator: Evaluator, hasDefault: boolean): string | null {
  const check = findCheck(evaluator);
  const { body } = evaluator;
  if ('error' in check || body.type !== 'uses') return null;
  if (check.needsExpected) return hasDefault ? null : checkName(check);
  const index = check.parameters.findIndex((p) => p.fallsBackToExpected && p.required);
  const parameter = check.parameters[index];
  if (!parameter) return null;
  const isGiven =
    body.with?.type === 'map'
      ? [parameter.name, parameter.alias].some((key) => key && findEntry(body.with, key))
      : index === 0 && body.with !== null && !isNull(body.with);
  return isGiven ? null : checkName(check);
}

function lacksExpected({ values }: Row): boolean {
  const node = values.get('expected')?.node;
  return !node || isNull(node);
}

function isNull(node: NonNullable<Evaluator['node']>): boolean {
  return node.type === 'scalar' && node.value === null;
}
