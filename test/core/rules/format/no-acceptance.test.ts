import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noAcceptance } from '#core/rules/format/no-acceptance.ts';
import { checkRule, lintText } from '../../../support/caret.ts';

const head = 'messages:\n  - role: user\n    content: "{{a}}"\n';
const evaluators = 'evaluators:\n  - string: { contains: a }\n';

test('cases and evaluators without a goal', () => {
  checkRule(
    noAcceptance,
    `${head}testData:\n^^^^^^^^ info: \`passRate: 0.9\`\n  - a: 1\n${evaluators}`,
  );
  checkRule(noAcceptance, `${head}testFiles: [a.csv]\n^^^^^^^^^ info:\n${evaluators}`);
});

test('a goal, or nothing to judge, is fine', () => {
  checkRule(noAcceptance, `${head}testData:\n  - a: 1\n${evaluators}acceptance: { passRate: 1 }\n`);
  checkRule(noAcceptance, `${head}testData:\n  - a: 1\n`);
  checkRule(noAcceptance, `${head}${evaluators}`);
  checkRule(noAcceptance, `${head}testData: []\n${evaluators}`);
});

test('it runs only in pedantic mode, or if the settings name it', () => {
  const text = `${head}testData:\n  - a: 1\n${evaluators}`;
  const count = (settings: object) => lintText(noAcceptance, text, { settings }).length;
  assert.equal(count({ mode: 'recommended' }), 0);
  assert.equal(count({ mode: 'pedantic' }), 1);
  assert.equal(count({ mode: 'recommended', rules: { 'no-acceptance': 'warning' } }), 1);
});
