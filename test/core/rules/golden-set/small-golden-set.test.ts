import { test } from 'node:test';
import { smallGoldenSet } from '#core/rules/golden-set/small-golden-set.ts';
import { checkRule } from '../../../support/caret.ts';

const judged = 'evaluators: [{ name: a, uses: promptsmith/contains, with: x }]\n';
const rows = (n: number, more = '') =>
  `${Array.from({ length: n }, (_, i) => `  - a: ${i}\n${more}`).join('')}`;
const marked = (n: number, message: string, more = '') =>
  `messages: []\n${judged}testData:\n^^^^^^^^ hint: ${message}\n${rows(n, more)}`;
const file = (n: number, more = '') => `messages: []\n${judged}testData:\n${rows(n, more)}`;

test('reports which changes so few cases can detect', () => {
  checkRule(
    smallGoldenSet,
    marked(1, '1 case is too few to detect a change in pass rate. Use at least 20'),
  );
  checkRule(
    smallGoldenSet,
    marked(5, '5 cases are too few to detect a change in pass rate. Use at least 20'),
  );
  checkRule(
    smallGoldenSet,
    marked(
      10,
      '10 cases are too few to detect a change in pass rate of less than about 71 points. Use at least 20',
    ),
  );
});

test('a group counts as one case, and `min` sets how many are enough', () => {
  checkRule(
    smallGoldenSet,
    marked(
      30,
      '30 cases in 1 group are too few to detect a change in pass rate. Use at least 20',
      '    $case: { group: g }\n',
    ),
  );
  checkRule(
    smallGoldenSet,
    marked(
      25,
      '25 cases are too few to detect a change in pass rate of less than about 37 points. Use at least 50',
    ),
    {
      settings: { rules: { 'small-golden-set': { min: 50 } } },
    },
  );
});

test('enough cases, cases in files, no cases, and cases without checks are not reported', () => {
  checkRule(smallGoldenSet, file(20));
  checkRule(smallGoldenSet, `${file(2)}testFiles: [a.csv]\n`);
  checkRule(smallGoldenSet, `messages: []\n${judged}`);
  checkRule(smallGoldenSet, `messages: []\ntestData:\n${rows(3)}`);
});
