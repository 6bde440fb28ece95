import { testChecks } from '#test/support/check-rows.ts';

testChecks('a transform picks what the check sees', [
  ['equals with: b', ' b ', 'pass', null, { beside: 'transform: trim' }],
  ['equals with: b', 'B', 'pass', null, { beside: 'transform: lower' }],
  ['equals with: b', '{"a":["b"]}', 'pass', null, { beside: 'transform: "json:a[0]"' }],
  ['equals with: b', '{"a":1}', 'fail', /nothing at a\[0\]/, { beside: 'transform: "json:a[0]"' }],
  ['not-equals with: b', 'no JSON', 'fail', /no JSON/, { beside: 'transform: "json:$.a"' }],
  [
    'equals with: "7"',
    'Answer: 7.',
    'pass',
    null,
    { beside: String.raw`transform: 'regex:(\d+)'` },
  ],
  [
    'numeric with: 7',
    '6 + 1 = 7',
    'pass',
    null,
    { beside: String.raw`transform: 'regex:= (\d+)'` },
  ],
  ['equals with: b', 'x', 'fail', /does not match/, { beside: 'transform: "regex:y"' }],
  [
    'equals with: b',
    'x',
    'error',
    /Invalid regular expression/,
    { beside: 'transform: "regex:("' },
  ],
  ['equals with: b', 'x', 'error', /unknown transform "upper"/, { beside: 'transform: upper' }],
]);
