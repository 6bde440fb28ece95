import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildFields, collectValues, validateValue } from '#client/playground/fields.ts';
import { parsePrompt } from '#core/prompt/parse.ts';

const PROMPT = parsePrompt(`messages:
  - { role: user, content: "{{b}} {{a}} {{b}} {{plain}}" }
variables:
  - { name: a, type: integer, default: 3, description: How many }
  - { name: b, enum: [x, y], example: y, required: true }
  - { name: unused, type: boolean }
testData:
  - { b: x, plain: "" }
`);

test('the form asks in the order of use, with defaults, examples and the case’s values', () => {
  const free = buildFields(PROMPT, undefined, new Map());
  assert.deepEqual(
    free.map(({ name, value, options }) => [name, value, ...options]),
    [
      ['b', 'y', 'x', 'y'],
      ['a', '3'],
      ['plain', ''],
      ['unused', '', 'true', 'false'],
    ],
  );
  const ofCase = buildFields(PROMPT, PROMPT.rows[0], new Map([['a', 'many']]));
  assert.deepEqual(
    ofCase.map(({ name, value, problem }) => [name, value, problem]),
    [
      ['b', 'x', null],
      ['a', 'many', 'must be a number'],
      ['plain', '', null],
      ['unused', '', null],
    ],
  );
});

test('what nobody gave has no value; an empty text that somebody gave is one', () => {
  const none = new Map<string, string>();
  const names = (row: (typeof PROMPT.rows)[number] | undefined, typed: Map<string, string>) => [
    ...collectValues(buildFields(PROMPT, row, typed), row, typed, PROMPT).keys(),
  ];
  assert.deepEqual(names(undefined, none), ['b', 'a']);
  assert.deepEqual(names(PROMPT.rows[0], none), ['b', 'a', 'plain']);
  assert.deepEqual(names(undefined, new Map([['plain', '']])), ['b', 'a', 'plain']);
});

test('texts are checked against the type', () => {
  const table: [text: string, type: Parameters<typeof validateValue>[1], ok: boolean][] = [
    ['1.5', 'number', true],
    ['1.5', 'integer', false],
    ['', 'number', false],
    ['yes', 'boolean', false],
    ['[1]', 'array', true],
    ['[1]', 'object', false],
    ['{', 'object', false],
    ['', 'string', true],
  ];
  for (const [text, type, ok] of table)
    assert.equal(validateValue(text, type) === null, ok, `${text} ${type}`);
});
