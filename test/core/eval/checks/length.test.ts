import { testChecks } from '#test/support/check-rows.ts';

testChecks('length: characters, words and tokens', [
  ['length with: { max: 5 }', 'hello', 'pass', /5 characters/],
  ['length with: { max: 4 }', 'hello', 'fail', /at most 4/],
  ['length with: { min: 6 }', 'hello', 'fail', /at least 6/],
  ['length with: 5', 'hé👍llo', 'fail', /6 characters/],
  ['length with: { max: 2, unit: words }', 'one two three', 'fail', /3 words/],
  ['length with: { max: 2, unit: tokens }', 'one two', 'pass', /2 tokens/],
  [
    'length with: { max: 2, unit: tokens }',
    'a',
    'unmeasurable',
    /cannot be counted/,
    { context: { countTokens: () => null } },
  ],
  ['length with: { max: 2, unit: lines }', 'a', 'error', /use one of: characters, words, tokens/],
  ['length', 'a', 'error', /max/],
  ['length with: { min: 3, max: 2 }', 'a', 'error'],
]);
