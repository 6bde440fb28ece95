import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeChange, selectParameters } from '#core/models/select-parameters.ts';
import type { Parameters } from '#core/prompt/document.ts';

function select(model: string, parameters: Parameters) {
  const found = selectParameters({ api: 'messages', model, parameters });
  return { sent: found.parameters, said: found.changes.map(describeChange) };
}

const LIMIT = { maxTokens: 50 };

test('temperature has its limit, and goes before topP where a model takes one of both', () => {
  const table: [model: string, given: Parameters, sent: Parameters, said: string[]][] = [
    ['claude-sonnet-4-6', { temperature: 0, ...LIMIT }, { temperature: 0, ...LIMIT }, []],
    ['claude-sonnet-4-6', { topP: 0.5, ...LIMIT }, { topP: 0.5, ...LIMIT }, []],
    [
      'claude-sonnet-4-6',
      { temperature: 1.5, ...LIMIT },
      { temperature: 1, ...LIMIT },
      ['temperature is changed: the Messages API takes 1 at most, and 1 is sent'],
    ],
    [
      'claude-haiku-4-5',
      { temperature: 0, topP: 0.5, ...LIMIT },
      { temperature: 0, ...LIMIT },
      ['topP is not sent: claude-haiku-4-5 takes temperature or topP, not both'],
    ],
    [
      'claude-3-haiku',
      { temperature: 0, topP: 0.5, ...LIMIT },
      { temperature: 0, topP: 0.5, ...LIMIT },
      [],
    ],
    [
      'claude-opus-4-6',
      { temperature: 0, reasoningEffort: 'high', ...LIMIT },
      { reasoningEffort: 'high', ...LIMIT },
      [
        'temperature is not sent: claude-opus-4-6 does not take it while it thinks, which reasoningEffort asks for',
      ],
    ],
    [
      'claude-opus-4-6',
      { temperature: 1, reasoningEffort: 'low', ...LIMIT },
      { temperature: 1, reasoningEffort: 'low', ...LIMIT },
      [],
    ],
    [
      'claude-opus-5',
      { temperature: 0, ...LIMIT },
      LIMIT,
      ['temperature is not sent: claude-opus-5 does not support it'],
    ],
  ];
  for (const [model, given, sent, said] of table)
    assert.deepEqual(select(model, given), { sent, said });
});

test('seed and penalties are not sent; a stop sequence has to have more than white space', () => {
  const { sent, said } = select('claude-sonnet-4-6', {
    ...LIMIT,
    seed: 1,
    presencePenalty: 1,
    frequencyPenalty: 1,
    stop: ['\n', 'END'],
  });
  assert.deepEqual(sent, { ...LIMIT, stop: ['END'] });
  const none = 'is not sent: the Messages API has no such parameter';
  assert.deepEqual(said, [
    `presencePenalty ${none}`,
    `frequencyPenalty ${none}`,
    `seed ${none}`,
    'stop is changed: the Messages API takes no stop sequence of white space alone',
  ]);
  assert.deepEqual(select('claude-sonnet-4-6', { ...LIMIT, stop: '\n\n' }).sent, LIMIT);
});

test('a limit is chosen where the prompt has none, and said', () => {
  assert.deepEqual(select('claude-haiku-4-5', {}), {
    sent: { maxTokens: 64_000 },
    said: [
      'maxTokens is changed: the Messages API needs a limit, and 64000, the most that claude-haiku-4-5 writes, is sent',
    ],
  });
  assert.deepEqual(select('our-deployment', {}), {
    sent: { maxTokens: 8192 },
    said: ['maxTokens is changed: the Messages API needs a limit, and 8192 is sent'],
  });
  assert.deepEqual(select('claude-haiku-4-5', { maxCompletionTokens: 9 }), {
    sent: { maxCompletionTokens: 9 },
    said: [],
  });
});

test('an effort that is left out or translated is said', () => {
  assert.deepEqual(select('claude-haiku-4-5', { ...LIMIT, reasoningEffort: 'high' }), {
    sent: LIMIT,
    said: ['reasoningEffort is not sent: claude-haiku-4-5 has no setting of its effort'],
  });
  assert.deepEqual(select('claude-opus-5', { ...LIMIT, reasoningEffort: 'none' }), {
    sent: LIMIT,
    said: ['reasoningEffort is changed: `thinking` of the type disabled is sent instead'],
  });
  assert.deepEqual(select('claude-sonnet-4-6', { ...LIMIT, reasoningEffort: 'xhigh' }), {
    sent: { ...LIMIT, reasoningEffort: 'high' },
    said: [
      'reasoningEffort is changed: claude-sonnet-4-6 takes low, medium, high, max, and high is sent',
    ],
  });
});

test('a schema with open objects is closed, and said; of other interfaces it is not', () => {
  const jsonSchema = { name: 'a', schema: { type: 'object' } };
  const parts = { model: 'claude-opus-5', parameters: LIMIT, responseFormat: 'json_schema' };
  const changes = (api: 'chat' | 'messages', schema: typeof jsonSchema) =>
    selectParameters({ ...parts, api, jsonSchema: schema }).changes.map(describeChange);
  assert.deepEqual(changes('messages', jsonSchema), [
    'jsonSchema is changed: the Messages API takes objects without further properties only, and additionalProperties: false is added',
  ]);
  const closed = { name: 'a', schema: { type: 'object', additionalProperties: false } };
  assert.deepEqual(changes('messages', closed), []);
  assert.deepEqual(changes('chat', jsonSchema), []);
});
