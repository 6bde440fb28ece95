import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '#test/support/evals.ts';

const STRING: [criteria: string, answer: string, passed: boolean | null][] = [
  ['equals: Paris', ' Paris\n', true],
  ['equals: Paris', 'paris', false],
  ['equals: "{{input}}"', 'hello', true],
  ['contains: PARIS', 'in paris', true],
  ['startsWith: PAR', 'paris', true],
  ['endsWith: RIS', 'paris', true],
  ['endsWith: ris', 'paris!', false],
  ['{ startsWith: p, endsWith: s }', 'paris', true],
  ['{ startsWith: p, endsWith: x }', 'paris', false],
  ['contains: ""', 'paris', null],
  ['contains: "{{nope}}"', 'paris', null],
  ['includes: x', 'x', null],
];

test('the base’s string criteria', async () => {
  for (const [criteria, answer, passed] of STRING) {
    const evaluators = `- string: ${criteria.startsWith('{') ? criteria : `{ ${criteria} }`}`;
    const [result] = await judge({ evaluators, answer });
    assert.equal(result?.passed, passed, `${criteria} on ${answer}: ${result?.detail}`);
    assert.equal(result?.error === undefined, passed !== null);
  }
});

test('a failed criterion shows what was expected', async () => {
  const [result] = await judge({
    evaluators: '- string: { contains: "{{input}} you" }',
    answer: 'x',
  });
  assert.equal(result?.expected, 'hello you');
  assert.equal(result?.detail, 'the answer does not contain "hello you"');
});
