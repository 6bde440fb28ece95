import {
  minimumDetectableChange,
  TYPICAL_NOISE,
} from '../../eval/statistics/minimum-detectable-change.ts';
import type { Rule } from '../../lint/engine/rule.ts';
import { findEntry } from '../../prompt/node.ts';

/** From here on less than half of the cases has to change for it to show. */
const USUAL_LEAST = 20;

export const smallGoldenSet: Rule = {
  id: 'small-golden-set',
  severity: 'info',
  mode: 'recommended',
  group: 'golden-set',
  tags: ['evals'],
  summary: 'So few golden cases show large changes only',
  docs: {
    why: `How small a change of the pass rate an eval can show is a matter of how many cases there are (Miller 2024, "Adding Error Bars to Evals"; Connor 1987): the finding says it for this set, with 80 % power at the 5 % level. Cases of one \`$case.group\` count as one. \`min\` sets how many are enough, ${USUAL_LEAST} if unsaid.`,
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
    unless: 'The cases are a smoke test, and nobody reads the rate.',
  },
  *check({ prompt: { rows, testFiles, evaluators, root }, options }) {
    const entry = findEntry(root, 'testData');
    const asked = rows.filter(({ meta }) => !meta.skip);
    const isJudged = evaluators.length > 0 || asked.some(({ meta }) => meta.evaluators.length > 0);
    if (!entry || asked.length === 0 || testFiles.length > 0 || !isJudged) return;
    const units = new Set(asked.map(({ meta, index }) => meta.group ?? index)).size;
    const least = typeof options.min === 'number' ? options.min : USUAL_LEAST;
    if (units >= least) return;
    const points = Math.round(minimumDetectableChange(units, TYPICAL_NOISE) * 100);
    const shows =
      points >= 100
        ? 'no change of the pass rate can be told from chance'
        : `only changes of the pass rate from about ${points} points on can be told from chance`;
    const cases = asked.length === 1 ? 'one case' : `${asked.length} cases`;
    const counted = units === asked.length ? cases : `${cases}, which groups make ${units},`;
    yield {
      message: `With ${counted} ${shows}: ${least} or more show smaller ones.`,
      span: entry.key.span,
    };
  },
};
