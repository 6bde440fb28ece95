import { testChecks } from '#test/support/check-rows.ts';

testChecks('levenshtein: the edit distance', [
  ['levenshtein with: kitten', 'sitting', 'pass', /3 edits/, { score: 1 - 3 / 7 }],
  ['levenshtein with: { value: kitten, threshold: 2 }', 'sitting', 'fail', /at most 2/],
  ['levenshtein with: kitten', 'sitting', 'fail', null, { beside: 'threshold: 2' }],
  ['levenshtein with: "👍👍"', '👍', 'pass', /1 edit, at most/, { score: 0.5 }],
  [
    'not-levenshtein with: { value: kitten, threshold: 2 }',
    'sitting',
    'pass',
    null,
    { score: 3 / 7 },
  ],
  [
    'levenshtein with: { value: kitten, threshold: 9 }',
    'sitting',
    'pass',
    null,
    { score: 1 - 3 / 7 },
  ],
]);
