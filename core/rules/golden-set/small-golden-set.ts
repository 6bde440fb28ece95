import { describeFewCases, ENOUGH_CASES } from '../../eval/statistics/describe-few-cases.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { findEntry } from '../../prompt/node.ts';

export const smallGoldenSet: Rule = {
  id: 'small-golden-set',
  severity: 'hint',
  // The Prompts view and the verdict of a comparison say it, where it matters.
  mode: 'pedantic',
  group: 'golden-set',
  tags: ['evals'],
  summary: 'Too few golden cases detect only large changes',
  docs: {
    why: `The number of cases determines how small a change of the pass rate an eval can detect (Miller 2024, "Adding Error Bars to Evals"; Connor 1987). The finding gives the minimum detectable change for this set, with 80 % power at the 5 % level. Cases of the same \`$case.group\` count as one. \`min\` sets how many are enough; the default is ${ENOUGH_CASES}.`,
    bad: `messages:
  - role: user
    content: What is the capital of {{country}}?
testData:
  - country: France
    expected: Paris
evaluators:
  - name: right
    uses: promptsmith/contains`,
    good: `messages:
  - role: user
    content: What is the capital of {{country}}?
testFiles: [capitals.csv]
evaluators:
  - name: right
    uses: promptsmith/contains`,
    unless: 'The cases are a smoke test, and nobody uses the pass rate.',
  },
  *check({ prompt: { rows, testFiles, evaluators, root }, options }) {
    const entry = findEntry(root, 'testData');
    const asked = rows.filter(({ meta }) => !meta.skip);
    const isJudged = evaluators.length > 0 || asked.some(({ meta }) => meta.evaluators.length > 0);
    if (!entry || asked.length === 0 || testFiles.length > 0 || !isJudged) return;
    const units = new Set(asked.map(({ meta, index }) => meta.group ?? index)).size;
    const least = typeof options.min === 'number' ? options.min : ENOUGH_CASES;
    const few = describeFewCases(units, least);
    if (few === null) return;
    const cases = asked.length === 1 ? '1 case' : `${asked.length} cases`;
    const counted =
      units === asked.length ? cases : `${cases} in ${units} ${units === 1 ? 'group' : 'groups'}`;
    yield {
      message: `${counted} ${asked.length === 1 ? 'is' : 'are'} ${few}. Use at least ${least}.`,
      span: entry.key.span,
    };
  },
};
