import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { schemaViolations } from '#core/prompt/schema.ts';
import { findSchemaParts, isAddition } from '#core/schema-at.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

/** The path, the marked text and whether readers break, for each violation. */
function violations(text: string) {
  return [...schemaViolations(parsePrompt(text), () => true)].map(
    ({ path, span, breaksReaders }) => [
      path.join('.'),
      text.slice(span.start, span.end),
      breaksReaders,
    ],
  );
}

test('a violation has a path, a span and a keyword', () => {
  assert.deepEqual(
    violations(`messages:
  - role: user
    content: [a]
  - text
modelParameters: { temperature: hot, seed: x }
colour: red
testData: {}
`),
    [
      // ajv's order: unknown keys, then the order of the schema.
      ['colour', 'colour', false],
      ['modelParameters.temperature', 'hot', true],
      ['modelParameters.seed', 'x', false],
      ['messages.0.content', 'content', true],
      ['messages.1', 'text', true],
      ['testData', 'testData', true],
    ],
  );
});

test('in a choice, the wrong part is reported, or the choice if no part is wrong', () => {
  assert.deepEqual(violations('messages: []\nvariables:\n  - name: a\n    trust: maybe\n'), [
    ['variables.0.trust', 'maybe', false],
  ]);
  assert.deepEqual(violations('messages: []\nvariables: { a: { typ: string } }\n'), [
    ['variables.a.typ', 'typ', false],
  ]);
  assert.deepEqual(violations('messages: []\nvariables: none\n'), [['variables', 'none', false]]);
  assert.deepEqual(violations('messages: []\nmodelParameters: { stop: 5 }\n'), [
    ['modelParameters.stop', '5', false],
  ]);
});

test('null is allowed wherever readers accept it', () => {
  assert.deepEqual(violations('messages:\n  -\n'), [['messages.0', '', false]]);
  assert.deepEqual(violations('messages:\ntestData:\nevaluators:\nmodelParameters:\n'), []);
});

test('keys and indexes with unusual names are found again', () => {
  assert.deepEqual(
    violations('messages: []\n"a/b~c": 1\n').map(([, marked]) => marked),
    ['"a/b~c"'],
  );
});

test('files that are not prompts are not checked', () => {
  assert.deepEqual(violations('- a\n'), []);
  assert.deepEqual(violations('template: a\nmessage: b\n'), []);
  assert.deepEqual(violations(''), []);
});

test('unquoted templates and their contents are skipped', () => {
  assert.deepEqual(violations('messages:\n  - role: {{role}}\n    content: {{ text }}\n'), []);
  assert.deepEqual(violations('messages: {{messages}}\n'), []);
});

test('an alias is marked itself, not its anchor', () => {
  const text = 'metadata: { x: &list [a] }\nmessages:\n  - role: user\n    content: *list\n';
  assert.deepEqual(violations(text), [['messages.0.content', 'content', true]]);
});

test('thousands of violations take little time, and the first are kept', () => {
  const start = cpuMs();
  const found = violations(`messages:\n${'  - x\n'.repeat(9000)}`);
  assert.equal(found.length, 1000);
  assert.ok(cpuMs() - start < 2000);
});

test('additions are distinguished from the base format, through references and choices', () => {
  for (const path of [
    ['variables'],
    ['variables', 0, 'type'],
    ['variables', 'name', 'type'],
    ['testData', 3, '$case', 'tags'],
    ['evaluators', 0, 'threshold'],
    ['modelParameters', 'top_p'],
    ['response_format'],
    ['acceptance', 'metrics', 'anything'],
  ])
    assert.equal(isAddition(path), true, path.join('.'));
  for (const path of [
    [],
    ['messages', 0, 'role'],
    ['testData', 0, 'anything'],
    ['evaluators', 0, 'llm', 'choices', 1, 'score'],
    ['modelParameters', 'topP'],
    ['nothing', 'like', 'it'],
  ])
    assert.equal(isAddition(path), false, path.join('.'));
});

test('the schemas along a path', () => {
  const parts = findSchemaParts(['modelParameters', 'top_p']);
  assert.equal(parts.length, 3);
  assert.equal(parts.at(-1)?.['x-alias'], 'topP');
  assert.match(parts.at(-1)?.description ?? '', /Nucleus/);
  assert.equal(findSchemaParts(['messages', 0, 'role', 'deeper']).length, 4);
});
