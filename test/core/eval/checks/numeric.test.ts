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

testChecks('numeric: digits as people write them', [
  ['numeric with: 0.5', 'about .5', 'pass'],
  ['numeric with: 5', 'about .5', 'fail', /0\.5 is off by 4\.5 from 5/],
  ['numeric with: -0.25', '-.25', 'pass'],
  ['numeric with: 25', '−.25', 'fail', /-0\.25 is off/],
  ['numeric with: 5', 'wait...5', 'pass'],
  ['numeric with: 1000', '1_000', 'pass'],
  ['numeric with: 1', '1_000', 'fail', /1000 is off by 999 from 1/],
  ['numeric with: 42', '_42_ and **42**', 'pass'],
  ['numeric with: 42', 'item_42', 'fail', /no number/],
  ['numeric with: 1234567', '1 234 567', 'pass'],
  ['numeric with: 1234567.5', '1\u00a0234\u00a0567,5 €', 'pass'],
  ['numeric with: 1234567', '1\u202f234\u202f567', 'pass'],
  ['numeric with: 1234567', "1'234'567", 'pass'],
  ['numeric with: 10', '10 20 30', 'fail', /several numbers \(10, 20, 30\)/],
  ['numeric with: 1234567', '12,34,567', 'pass'],
  ['numeric with: 1234.5', '1.234,50', 'pass'],
  ['numeric with: 1234.5', '1,234.50', 'pass'],
  ['numeric with: 1234567', '1.234.567', 'pass'],
  ['numeric with: 1.2', 'version 1.2.3', 'fail', /no number/],
  ['numeric with: 12', 'on 12.05.2024: 12', 'pass'],
  ['numeric with: 0.5', '0,5', 'pass'],
  ['numeric with: 1500', '1.5e3', 'pass'],
  ['numeric with: 1000', '1e999999999', 'fail', /is not 1000/],
  ['numeric with: 1', '5-10', 'fail', /several numbers \(5, 10\)/],
]);

testChecks('numeric: what can be read in two ways is an error only if that matters', [
  ['numeric with: 12.5', '12,5', 'error', /"12,5" in the answer is ambiguous/],
  ['numeric with: 12.5', '12,5 kg or 12.5 kg', 'error', /ambiguous/],
  ['numeric with: 7', '12,5', 'fail', /several numbers \(12, 5\)/],
  ['not-numeric with: 12.5', '12,5', 'error', /ambiguous/],
  ['numeric', '12.5', 'error', /`value` is ambiguous: "12,5"/, { rows: '- { expected: "12,5" }' }],
  ['numeric', '1234', 'pass', null, { rows: '- { expected: "1,234" }' }],
  ['numeric', '1.234.567,5', 'pass', null, { rows: '- { expected: "1 234 567.5" }' }],
  ['numeric', '7', 'error', /must be a number/, { rows: '- { expected: "7 or 8" }' }],
]);

testChecks('numeric: every digit counts', [
  ['numeric with: 9007199254740993', '9007199254740992', 'fail', /off by 1 from 9007199254740993/],
  ['numeric with: 9007199254740993', '9,007,199,254,740,993', 'pass'],
  [
    'numeric with: { value: 9007199254740993, tolerance: 1 }',
    '9007199254740995',
    'fail',
    /off by 2 from/,
  ],
  ['numeric with: { value: 9007199254740993, tolerance: 2 }', '9007199254740995', 'pass'],
  ['numeric with: 0.1', '0.10000000000000000001', 'fail'],
  ['numeric with: 0.1', '0.100', 'pass'],
  ['numeric with: 0x1F', '31', 'pass'],
]);
