import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearDuplicateCase } from '#core/rules/golden-set/near-duplicate-case.ts';
import {
  computeBandKeys,
  computeShingles,
  estimateResemblance,
} from '#core/rules/golden-set/shingles.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (rows: string) =>
  `messages:\n  - role: user\n    content: "{{question}}"\ntestData:\n${rows}`;
const long = Array.from({ length: 60 }, (_, i) => `word${(i * 37) % 101}`).join(' ');

test('other punctuation, and one word in sixty', () => {
  checkRule(
    nearDuplicateCase,
    file(`  - question: How do I change the address of my order?
  - question: ${long}
  - question: how do I change the address of my order
    ^^^^^^^^ info: nearly the same as case 1
  - question: ${long.replace('word25 ', 'other ')}
    ^^^^^^^^ info: nearly the same as case 2
`),
  );
});

test('short cases, equal ones, groups, other answers and other questions are not reported', () => {
  for (const rows of [
    '  - question: Paris?\n  - question: Paris!\n',
    `  - question: ${long}\n  - question: ${long}\n`,
    `  - question: ${long}\n    $case: { group: a }\n  - question: ${long}!\n    $case: { group: a }\n`,
    `  - question: ${long}\n    expected: a\n  - question: ${long}!\n    expected: b\n`,
    '  - question: How do I change the address of my order?\n  - question: How do I change the number of my account?\n',
  ])
    checkRule(nearDuplicateCase, file(rows));
});

test('similar texts share a key, others hardly ever do', () => {
  const keys = new Set(computeBandKeys(computeShingles(long)));
  const near = computeShingles(long.replace('word36 ', ''));
  assert.ok(estimateResemblance(computeShingles(long), near) > 0.85);
  assert.ok(computeBandKeys(near).some((key) => keys.has(key)));
  const far = computeShingles(long.split(' ').reverse().join(' '));
  assert.ok(estimateResemblance(computeShingles(long), far) < 0.1);
});
