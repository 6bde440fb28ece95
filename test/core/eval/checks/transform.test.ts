import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transform } from '#core/eval/checks/transform.ts';
import { createBoundedRegex } from '#io/regex.ts';
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

const stripped = (text: string) => transform(text, 'strip-fences', createBoundedRegex());

test('strip-fences takes the fence around the whole answer away, of backticks or tildes', () => {
  for (const text of [
    '```\na\n```',
    '```json\na\n```',
    '````\na\n````',
    '~~~\na\n~~~',
    '~~~~yaml\na\n~~~~',
    '\n  ```\na\n```  \n',
  ])
    assert.deepEqual(stripped(text), { kind: 'text', text: 'a' }, text);
});

test('strip-fences leaves everything else', () => {
  for (const text of [
    'a',
    '```\na',
    '~~~\na',
    '```\na\n~~~',
    '~~~\na\n```',
    '````\na\n```',
    'See:\n```\na\n```',
    '``\na\n``',
    '```a```',
  ])
    assert.deepEqual(stripped(text), { kind: 'text', text }, text);
});
