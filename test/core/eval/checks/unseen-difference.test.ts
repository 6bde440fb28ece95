import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeUnseenDifference } from '#core/eval/checks/unseen-difference.ts';
import { testChecks } from '#test/support/check-rows.ts';

const equals = (a: string, b: string): boolean => a === b;
const same = (answer: string, expected: string): string =>
  describeUnseenDifference(answer, expected, equals);

test('each kind of unseen difference is named with the character and its place', () => {
  const rows = [
    ['cafe\u0301', 'café', 'Unicode normalization: U+0301 at 5 of the answer'],
    ['café', 'cafe\u0301', 'Unicode normalization: U+0301 at 5 of the expected text'],
    ['a b\u00a0c', 'a\u00a0b\u00a0c', 'the kind of space: U+00A0 at 4 of the answer'],
    ['1 000 €', '1\u202f000 €', 'the kind of space: U+202F at 2 of the expected text'],
    ['👍bil\u200bling', '👍billing', 'invisible characters: U+200B at 5 of the answer'],
    ['\ufeffyes', 'yes', 'invisible characters: U+FEFF at 1 of the answer'],
    ['a\r\nb', 'a\nb', 'line breaks: U+000D at 2 of the answer'],
    ['billing ', 'billing', 'white space at the beginning or end: U+0020 at 8 of the answer'],
    [
      'billing',
      'billing\n',
      'white space at the beginning or end: U+000A at 8 of the expected text',
    ],
    ['a \nb', 'a\nb', 'white space at the beginning or end: U+0020 at 2 of the answer'],
    [
      'e\u0301\u00a0x',
      'é x',
      'the kind of space and Unicode normalization: U+00A0 at 3 of the answer',
    ],
  ] as const;
  for (const [answer, expected, reason] of rows)
    assert.equal(same(answer, expected), ` (it differs only in ${reason})`);
});

test('nothing is added where the difference can be seen, or the texts are huge', () => {
  for (const [answer, expected] of [
    ['cafe', 'café'],
    ['Billing', 'billing'],
    ['a b', 'ab'],
    ['', 'x'],
    // A letter of another alphabet is another letter.
    ['pаy', 'pay'],
  ] as const)
    assert.equal(same(answer, expected), '');
  assert.equal(same(`${'x'.repeat(300_000)} `, 'x'.repeat(300_000)), '');
});

testChecks('checks that compare texts name what nobody sees', [
  ['equals with: café', 'cafe\u0301', 'fail', /is not "café" \(it differs only in Unicode norm/],
  [
    'contains with: "14 days"',
    'in 14\u00a0days',
    'fail',
    /the kind of space: U\+00A0 at 6 of the answer/,
  ],
  ['contains with: "gone"', 'in 14\u00a0days', 'fail', /does not contain "gone"$/],
  ['icontains with: "14 DAYS"', 'in 14\u00a0days', 'fail', /the kind of space/],
  ['contains-any with: [refund, "14 days"]', 'in 14\u00a0days', 'fail', /none of .*kind of space/],
  [
    'contains-all with: [in, "refund "]',
    'in refund',
    'fail',
    /white space at the beginning or end/,
  ],
  ['starts-with with: "Dear all"', 'Dear\u00a0all,', 'fail', /the kind of space: U\+00A0 at 5/],
  ['ends-with with: "Kind regards"', 'x Kind regards\n', 'fail', /white space .*: U\+000A at 15/],
]);
