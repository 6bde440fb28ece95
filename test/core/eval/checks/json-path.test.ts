import { testChecks } from '#test/support/check-rows.ts';

testChecks('json-path: what a path finds', [
  ['json-path with: $.a[1]', '{"a":[1,2]}', 'pass', /one value at/],
  ['json-path with: $.b', '{"a":[1,2]}', 'fail', /nothing at \$\.b/],
  ['json-path with: { path: "$.a[*]", value: 2 }', '{"a":[1,2]}', 'pass', /1 of 2 values/],
  ['json-path with: { path: "$.a[*]", value: 2, match: all }', '{"a":[1,2]}', 'fail', /not "2"/],
  [
    'json-path with: { path: "$.a[?@.n > 1].s", value: "{{input}}" }',
    '{"a":[{"n":2,"s":"hello"}]}',
    'pass',
  ],
  ['json-path with: { path: $.a, value: [1, 2] }', '{"a":[1,2.0]}', 'pass'],
  ['json-path with: { path: $.ok, value: true }', '{"ok":true}', 'pass'],
  ['json-path with: { path: $.ok, value: "" }', '{"ok":0}', 'fail'],
  ['json-path with: $.a', 'no', 'fail', /not JSON/],
  ['json-path with: a.b', '{}', 'error', /is not a valid JSONPath/],
  ['not-json-path with: "$["', '{}', 'error', /is not a valid JSONPath/],
  ['json-path with: \'$[?search(@, "^(a+)+$")]\'', `["${'a'.repeat(40)}!"]`, 'error', /too long/],
]);
