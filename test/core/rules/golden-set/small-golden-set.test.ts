import { test } from 'node:test';
import { smallGoldenSet } from '#core/rules/golden-set/small-golden-set.ts';
import { checkRule } from '../../../support/caret.ts';

const judged = 'evaluators: [{ name: a, uses: promptsmith/contains, with: x }]\n';
const rows = (n: number, more = '') =>
  `${Array.from({ length: n }, (_, i) => `  - a: ${i}\n${more}`).join('')}`;
const marked = (n: number, message: string, more = '') =>
  `messages: []\n${judged}testData:\n^^^^^^^^ info: ${message}\n${rows(n, more)}`;
const file = (n: number, more = '') => `messages: []\n${judged}testData:\n${rows(n, more)}`;

test('says what changes so few cases can show', () => {
  checkRule(smallGoldenSet, marked(1, 'With one case no change of the pass rate'));
  checkRule(smallGoldenSet, marked(5, 'With 5 cases no change of the pass rate'));
  checkRule(
    smallGoldenSet,
    marked(10, 'With 10 cases only changes of the pass rate from about 71'),
  );
});

test('a group counts as one case, and `min` says how many are enough', () => {
  checkRule(
    smallGoldenSet,
    marked(30, 'With 30 cases, which groups make 1, no change', '    $case: { group: g }\n'),
  );
  checkRule(smallGoldenSet, marked(25, 'With 25 cases'), {
    settings: { rules: { 'small-golden-set': { min: 50 } } },
  });
});

test('enough cases, cases in files, none, and none that are judged are left alone', () => {
  checkRule(smallGoldenSet, file(20));
  checkRule(smallGoldenSet, `${file(2)}testFiles: [a.csv]\n`);
  checkRule(smallGoldenSet, `messages: []\n${judged}`);
  checkRule(smallGoldenSet, `messages: []\ntestData:\n${rows(3)}`);
});
