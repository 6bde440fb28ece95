import { testChecks } from '#test/support/check-rows.ts';

testChecks('is-json and contains-json: JSON, and JSON that matches a schema', [
  ['is-json', '{"a":[1,null]}', 'pass'],
  ['is-json', '```json\n{}\n```', 'fail', /not JSON/],
  ['is-json', '```json\n{}\n```', 'pass', null, { beside: 'transform: strip-fences' }],
  [
    'is-json with: { schema: { type: object, required: [a] } }',
    '{"a":1}',
    'pass',
    /matches the schema/,
  ],
  [
    'is-json with: { schema: { type: object, required: [a] } }',
    '{"b":1}',
    'fail',
    /required property 'a'/,
  ],
  [`is-json with: '{"type":"array"}'`, '{}', 'fail', /must be array/],
  ['is-json with: { schema: { type: nonsense } }', '{}', 'error', /not a valid JSON Schema/],
  ['not-is-json with: { schema: { type: nonsense } }', '{}', 'error'],
  ['is-json with: { schema: "{{input}}" }', '{}', 'error', /must be a JSON Schema/],
  ['is-json with: { schema: { pattern: "^(a+)+$" } }', `"${'a'.repeat(40)}!"`, 'error', /too long/],
  ['is-json with: { schema: { uniqueItems: true } }', '[{"a":1},{"a":1}]', 'fail'],
  [
    'is-json with: { schema: { $schema: "http://json-schema.org/draft-07/schema#", items: [{ type: string }] } }',
    '[1]',
    'fail',
  ],
  [
    'is-json with: { schema: { properties: { a: { pattern: "^x" }, b: { pattern: "^y" } } } }',
    '{"a":"x","b":"x"}',
    'fail',
    /\/b/,
  ],
  ['contains-json', 'Here: {"a":1}. Done', 'pass'],
  ['contains-json', 'Here: {a: 1}', 'fail', /contains no JSON/],
  ['contains-json with: { schema: { required: [b] } }', 'No {"a":1} but {"b":1}', 'pass'],
  [
    'contains-json with: { schema: { required: [b] } }',
    'No {"a":1}',
    'fail',
    /required property 'b'/,
  ],
]);
