import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelRequest } from '#core/eval/model.ts';
import { UNADAPTED } from '#io/models/adaptation.ts';
import { buildMessagesRequest } from '#io/models/messages-request.ts';

const CONNECTION = { api: 'messages', address: 'https://api.anthropic.com/v1' } as const;

function build(more: Partial<ModelRequest>, adaptation = UNADAPTED) {
  const request: ModelRequest = {
    provider: 'anthropic',
    origin: 'https://api.anthropic.com',
    connection: CONNECTION,
    model: 'claude-sonnet-4-6',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ],
    parameters: { maxTokens: 50 },
    why: { case: 'a', repeat: 0, role: 'answer' },
    ...more,
  };
  return buildMessagesRequest(request, adaptation);
}

const BARE = {
  model: 'claude-sonnet-4-6',
  max_tokens: 50,
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
};

test('a prompt in the words of the interface', () => {
  assert.deepEqual(build({}), { body: BARE, changes: [] });
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  const { body } = build({
    model: 'claude-opus-4-6',
    parameters: { maxTokens: 9, maxCompletionTokens: 50, stop: 'END', reasoningEffort: 'low' },
    responseFormat: 'json_schema',
    jsonSchema: { name: 'a', strict: true, schema },
  });
  assert.deepEqual(body, {
    ...BARE,
    model: 'claude-opus-4-6',
    stop_sequences: ['END'],
    thinking: { type: 'adaptive' },
    output_config: {
      effort: 'low',
      format: { type: 'json_schema', schema: { ...schema, additionalProperties: false } },
    },
  });
  assert.deepEqual(
    build({ parameters: { maxTokens: 50, temperature: 0, stop: ['a', 'b'] } }).body,
    {
      ...BARE,
      temperature: 0,
      stop_sequences: ['a', 'b'],
    },
  );
});

test('a JSON object without a schema is no format here, and said', () => {
  const { body, changes } = build({ responseFormat: 'json_object' });
  assert.deepEqual(body, BARE);
  assert.deepEqual(
    changes.map(({ key, effect }) => [key, effect]),
    [['responseFormat', 'left-out']],
  );
});

test('thinking is turned off, and not where the server refused the effort', () => {
  const more: Partial<ModelRequest> = {
    model: 'claude-opus-5',
    parameters: { maxTokens: 50, reasoningEffort: 'none' },
  };
  const bare = { ...BARE, model: 'claude-opus-5' };
  assert.deepEqual(build(more).body, { ...bare, thinking: { type: 'disabled' } });
  const omitted = new Map([['reasoningEffort', 'no']] as const);
  assert.deepEqual(build(more, { ...UNADAPTED, omitted }).body, bare);
});

test('added fields of settings and prompt are sent, and replace nothing of ours', () => {
  const { body } = build({
    connection: { ...CONNECTION, body: { top_k: 5, service_tier: 'auto' } },
    parameters: {
      maxTokens: 50,
      extra: { top_k: 7, thinking: { type: 'enabled', budget_tokens: 1024 } },
    },
  });
  assert.deepEqual(body, {
    ...BARE,
    service_tier: 'auto',
    top_k: 7,
    thinking: { type: 'enabled', budget_tokens: 1024 },
  });
});

test('the limit has one name, whatever the server is thought to have said', () => {
  const { body, changes } = build({}, { ...UNADAPTED, renamesLimit: true });
  assert.deepEqual([body, changes], [BARE, []]);
});
