import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { findJsonSchemaProblems } from '#core/json-schema-problems.ts';
import { parseJsonText } from '#core/json-text.ts';
import { findStrictSchemaProblems } from '#core/strict-schema.ts';

const GOOD: unknown[] = [
  true,
  {},
  { type: 'object', properties: { a: { type: ['string', 'null'] } }, required: ['a'] },
  { $defs: { a: { type: 'integer', minimum: 0 } }, items: { $ref: '#/$defs/a' } },
  { anyOf: [{ const: 1 }, { enum: [1, 'a', null] }], default: {} },
  { type: 'string', pattern: '^\\p{L}+$', minLength: 1, format: 'email' },
  { prefixItems: [{}, false], uniqueItems: true, contains: {}, minContains: 0 },
  JSON.parse('{ "if": {}, "then": false, "else": true, "not": { "type": "null" } }'),
  { patternProperties: { '^a': {} }, additionalProperties: false, propertyNames: { maxLength: 3 } },
  { dependentRequired: { a: ['b'] }, dependentSchemas: { a: {} } },
  { multipleOf: 0.01, exclusiveMaximum: 5, description: 'x', examples: [1] },
  { properties: { type: { type: 'string' }, required: { type: 'boolean' } } },
  { $ref: '#' },
];

const BAD: unknown[] = [
  5,
  'string',
  { type: 'str' },
  { type: [] },
  { type: ['string', 'int'] },
  { type: null },
  { properties: [] },
  { properties: { a: 'string' } },
  { required: 'a' },
  { required: [1] },
  { required: ['a', 'a'] },
  { enum: [] },
  { enum: 'a' },
  { minimum: '1' },
  { multipleOf: 0 },
  { minLength: -1 },
  { maxItems: 1.5 },
  { uniqueItems: 'yes' },
  { pattern: '(' },
  { anyOf: [] },
  { anyOf: {} },
  { allOf: [1] },
  { items: [{}] },
  { additionalProperties: 'no' },
  { not: null },
  { $ref: '#/$defs/none' },
  { $ref: 5 },
  { description: 5 },
  { patternProperties: { '(': {} } },
  { $defs: { a: { type: 'bool' } } },
  { dependentRequired: { a: 'b' } },
];

function problems(schema: unknown) {
  const tree = parseJsonText(JSON.stringify(schema));
  assert.ok(!('message' in tree));
  return [...findJsonSchemaProblems(tree)];
}

test('it agrees with ajv on what is a schema', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false });
  const compiles = (schema: unknown): boolean => {
    try {
      ajv.compile(schema as object);
      return true;
    } catch {
      return false;
    }
  };
  for (const schema of [...GOOD, ...BAD])
    assert.equal(problems(schema).length === 0, compiles(schema), JSON.stringify(schema));
  for (const schema of GOOD) assert.equal(compiles(schema), true, JSON.stringify(schema));
});

test('a list of items is fine in the drafts that had it', () => {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{}, {}] };
  assert.deepEqual(problems(schema), []);
});

test('each problem has its place and, for types, what was meant', () => {
  const text =
    '{"properties": {"a": {"type": "dict"}, "b": {"type": "stringg"}, "c": {"type": "?"}}}';
  const tree = parseJsonText(text);
  assert.ok(!('message' in tree));
  assert.deepEqual(
    [...findJsonSchemaProblems(tree)].map(({ span, meant }) => [
      text.slice(span.start, span.end),
      meant,
    ]),
    [
      ['"dict"', '"object"'],
      ['"stringg"', '"string"'],
      ['"?"', undefined],
    ],
  );
});

test('what OpenAI refuses with strict', () => {
  const strict = (schema: unknown) => {
    const tree = parseJsonText(JSON.stringify(schema));
    assert.ok(!('message' in tree));
    return [...findStrictSchemaProblems(tree, tree.span)].length;
  };
  const closed = { type: 'object', properties: {}, required: [], additionalProperties: false };
  assert.equal(strict(closed), 0);
  assert.equal(strict({ ...closed, properties: { a: closed, b: {} }, required: ['b', 'a'] }), 0);
  assert.equal(strict({ ...closed, properties: { a: {} } }), 1);
  assert.equal(strict({ ...closed, additionalProperties: undefined }), 1);
  assert.equal(strict({ type: 'array', items: closed }), 1);
  assert.equal(strict({ anyOf: [closed] }), 1);
  assert.equal(strict({ ...closed, $defs: { a: { type: 'object' } } }), 1);
  assert.equal(
    strict({ ...closed, properties: { a: { type: ['object', 'null'] } }, required: ['a'] }),
    1,
  );
});
