import { testChecks } from '#test/support/check-rows.ts';

testChecks('numeric: the one number of an answer', [
  ['numeric with: 42', 'The answer is 42.', 'pass'],
  ['numeric with: 42', 'The answer is 41', 'fail', /41 is off by 1 from 42/],
  ['numeric with: 42', 'Either 42 or 43', 'fail', /several numbers/],
  ['numeric with: 42', '42, that is 42', 'pass'],
  ['numeric with: 42', 'forty-two', 'fail', /no number/],
  ['numeric with: { value: 0.3, tolerance: 0.1 }', '0.4', 'pass'],
  ['numeric with: { value: 0.3, tolerance: 0.1 }', '0.41', 'fail'],
  ['numeric with: { value: 200, relative: 0.01 }', '202', 'pass'],
  ['numeric with: { value: 200, relative: 0.01 }', '203', 'fail'],
  ['numeric with: 1234.5', '$1,234.50', 'pass'],
  ['numeric with: -3', 'minus: −3', 'pass'],
  ['numeric with: 1', '1,2,3', 'fail', /several/],
  ['numeric with: 7', 'GPT4 says 7', 'pass'],
  ['numeric with: many', '7', 'error', /must be a number/],
  ['numeric with: { value: 1, tolerance: -1 }', '1', 'error'],
  ['numeric', '7', 'pass', null, { rows: '- { expected: 7 }' }],
  ['not-numeric with: 42', '41', 'pass'],
]);
