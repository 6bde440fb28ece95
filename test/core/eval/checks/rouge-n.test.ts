import { testChecks } from '#test/support/check-rows.ts';

testChecks('rouge-n: shared n-grams', [
  [
    'rouge-n with: the cat sat on the mat',
    'The the the cat',
    'fail',
    /ROUGE-1 is 0\.60; required: 0\.75/,
    { score: 0.6 },
  ],
  [
    'rouge-n with: { value: the cat sat on the mat, n: 2 }',
    'the cat sat',
    'pass',
    null,
    { score: 4 / 7, beside: 'threshold: 0.5' },
  ],
  ['rouge-n with: Paris', 'paris!', 'pass', null, { score: 1 }],
  ['rouge-n with: Paris', '', 'fail', null, { score: 0 }],
  ['rouge-n with: 東京は晴れ', '東京は雨', 'fail', null, { score: 6 / 9 }],
  ['rouge-n with: { value: Paris, n: 2 }', 'Paris', 'error', /fewer than 2 words/],
  ['rouge-n with: { value: Paris, n: 0 }', 'Paris', 'error', /from 1 to 9/],
  ['not-rouge-n with: Paris', 'London', 'pass', null, { score: 1 }],
]);
