import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelRequest } from '#core/eval/model.ts';
import { selectParameters } from '#core/models/select-parameters.ts';
import { UNADAPTED } from '#io/models/adaptation.ts';
import { buildChatRequest } from '#io/models/chat-request.ts';

function body(more: Partial<ModelRequest>): Record<string, unknown> {
  const request: ModelRequest = {
    provider: 'lab',
    origin: 'http://127.0.0.1:9',
    model: 'gpt-4o-mini',
    messages: [],
    parameters: {},
    why: { case: 'a', repeat: 0, role: 'answer' },
    ...more,
  };
  const {
    model: _,
    messages: __,
    stream: ___,
    ...rest
  } = buildChatRequest(request, UNADAPTED).body;
  return { ...rest };
}

const USAGE = { stream_options: { include_usage: true } };

test('each service gets its own spelling', () => {
  const parameters = { maxCompletionTokens: 50, seed: 7 };
  const table: [origin: string, expected: object][] = [
    ['https://api.openai.com', { max_completion_tokens: 50, seed: 7, ...USAGE }],
    ['https://api.mistral.ai', { max_tokens: 50, random_seed: 7 }],
    ['https://api.deepseek.com', { max_tokens: 50, seed: 7, ...USAGE }],
    ['http://127.0.0.1:11434', { max_tokens: 50, seed: 7, ...USAGE }],
  ];
  for (const [origin, expected] of table)
    assert.deepEqual(body({ origin, parameters }), expected, origin);
});

test('a reasoning model gets its limit by its name, and no sampling that it would refuse', () => {
  const parameters = { maxTokens: 50, temperature: 0, topP: 1 };
  assert.deepEqual(body({ model: 'o3-mini', parameters }), {
    max_completion_tokens: 50,
    top_p: 1,
    ...USAGE,
  });
  const api = 'chat';
  assert.deepEqual(
    selectParameters({ api, model: 'o3-mini', parameters }).changes.map(({ key, effect }) => [
      key,
      effect,
    ]),
    [
      ['temperature', 'left-out'],
      ['maxTokens', 'renamed'],
    ],
  );
  assert.deepEqual(selectParameters({ api, model: 'gpt-4o', parameters }), {
    parameters,
    changes: [],
  });
});
