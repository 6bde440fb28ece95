import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeObjects } from '#core/models/close-objects.ts';
import type { Json } from '#core/prompt/node.ts';

const CLOSED = { additionalProperties: false };

test('every object schema that says nothing of further properties gets them forbidden', () => {
  const table: [schema: Json, closed: Json][] = [
    [{ type: 'object' }, { type: 'object', ...CLOSED }],
    [{ type: ['object', 'null'] }, { type: ['object', 'null'], ...CLOSED }],
    [{ properties: {} }, { properties: {}, ...CLOSED }],
    [
      { type: 'array', items: { type: 'object', properties: { a: { type: 'object' } } } },
      {
        type: 'array',
        items: { type: 'object', properties: { a: { type: 'object', ...CLOSED } }, ...CLOSED },
      },
    ],
    [
      { anyOf: [{ type: 'string' }, { type: 'object' }] },
      { anyOf: [{ type: 'string' }, { type: 'object', ...CLOSED }] },
    ],
    [
      { $defs: { type: { type: 'object' } }, $ref: '#/$defs/type' },
      { $defs: { type: { type: 'object', ...CLOSED } }, $ref: '#/$defs/type' },
    ],
  ];
  for (const [schema, closed] of table) assert.deepEqual(closeObjects(schema), closed);
});

test('a schema without such objects is the same value, and data is none', () => {
  const schemas: Json[] = [
    { type: 'object', properties: { type: { enum: ['object'] } }, additionalProperties: false },
    { type: 'object', additionalProperties: true },
    { type: 'object', additionalProperties: { type: 'string' } },
    { const: { type: 'object' }, default: { properties: 1 }, examples: [{ type: 'object' }] },
    { enum: [{ type: 'object' }] },
    { type: 'array', items: [{ type: 'string' }] },
    { type: 'object', properties: { type: { type: 'string' } }, ...CLOSED },
    true,
    'object',
    null,
  ];
  for (const schema of schemas) assert.equal(closeObjects(schema), schema, JSON.stringify(schema));
});
