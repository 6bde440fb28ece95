import { testChecks } from '#test/support/check-rows.ts';

testChecks('hit-rate, precision-at-k and recall-at-k: ranked ids', [
  ['hit-rate with: [d3]', 'd1\nd3\n', 'pass', /1 of 1 relevant/, { score: 1 }],
  ['hit-rate with: { values: [d3], k: 1 }', 'd1\nd3', 'fail', null, { score: 0 }],
  ['hit-rate', '["a","b"]', 'pass', null, { rows: '- { expected: [b, c] }' }],
  [
    'precision-at-k with: { value: [a, b], k: 3 }',
    '[{"id":"a"},{"id":"x"},{"id":"b"}]',
    'pass',
    null,
    { score: 2 / 3 },
  ],
  [
    'precision-at-k with: { value: [a, b], k: 5 }',
    'a, b',
    'fail',
    /required: 0\.5/,
    { score: 2 / 5 },
  ],
  ['precision-at-k with: { value: [a], k: 2 }', 'a, a, a', 'pass', null, { score: 1 / 2 }],
  ['precision-at-k with: [a]', 'a', 'error', /`with` needs `k`/],
  [
    'recall-at-k with: { value: [a, b, c], k: 2 }',
    '["a", "x", "b"]',
    'fail',
    null,
    { score: 1 / 3 },
  ],
  ['recall-at-k with: { value: [1, 2] }', '[1, 2]', 'pass', null, { score: 1 }],
  ['recall-at-k with: { value: [a] }', '', 'fail', null, { score: 0 }],
  ['recall-at-k with: { value: [a], k: 0 }', 'a', 'error', /at least 1/],
]);
