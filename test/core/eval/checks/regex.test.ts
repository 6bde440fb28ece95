import { testChecks } from '#test/support/check-rows.ts';

testChecks('regex and full-match: patterns', [
  ['regex with: "#\\\\d{3}"', 'order #123', 'pass'],
  ['regex with: { value: ORDER, flags: gi }', 'order #123', 'pass'],
  ['regex with: ORDER', 'order #123', 'fail', /does not match/],
  ['regex with: "("', 'x', 'error', /Invalid regular expression/],
  ['not-regex with: "("', 'x', 'error'],
  ['regex with: { value: a, flags: q }', 'a', 'error', /unknown flags "q"/],
  ['regex with: "^(a+)+$"', `${'a'.repeat(40)}!`, 'error', /too long/],
  ['regex', 'x', 'error', /`with` needs `value`$/, { rows: '- { expected: x }' }],
  ['full-match with: "yes|no"', 'no', 'pass'],
  ['full-match with: "yes|no"', 'no!', 'fail'],
  ['full-match with: { value: "a.*", flags: m }', 'a\nb', 'fail'],
  ['full-match with: { value: "a.*", flags: s }', 'a\nb', 'pass'],
  ['full-match with: "a)|(b"', 'a', 'error'],
]);
