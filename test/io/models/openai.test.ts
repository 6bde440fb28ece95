import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { ask, errorOf, KEY, opened, requestTo, serve } from '../../support/model-calls.ts';

test('streams the text, then the answer with its usage', async () => {
  const usage = {
    prompt_tokens: 20,
    completion_tokens: 9,
    prompt_tokens_details: { cached_tokens: 8 },
    completion_tokens_details: { reasoning_tokens: 4 },
  };
  const server = await serve({ kind: 'stream', text: 'Good day, 世界 😀!', usage });
  const parts = await ask(server);
  assert.equal(
    parts.flatMap((p) => (p.kind === 'text' ? [p.text] : [])).join(''),
    'Good day, 世界 😀!',
  );
  assert.ok(parts.length > 2);
  const last = parts.at(-1);
  assert.ok(last?.kind === 'end');
  const { latencyMs, firstTokenMs, ...answer } = last.answer;
  assert.deepEqual(answer, {
    text: 'Good day, 世界 😀!',
    finishReason: 'stop',
    usage: { input: 20, output: 9, cachedInput: 8, reasoning: 4 },
    servedBy: 'gpt-4o-mini-served',
  });
  assert.ok(firstTokenMs !== undefined && firstTokenMs <= latencyMs);
});

test('a broken usage after a good one leaves the good one; the charge is the endpoint’s to promise', async () => {
  const chunk = (usage: object) =>
    `data: ${JSON.stringify({ choices: [{ delta: { content: 'x' } }], usage })}\n\n`;
  const good = chunk({ prompt_tokens: 37, completion_tokens: 10, total_tokens: 547, cost: 0.25 });
  const text = `${good}${chunk({ prompt_tokens: 'many' })}data: [DONE]\n\n`;
  const server = await serve({ kind: 'raw', text, type: 'text/event-stream' });
  for (const hasCharge of [true, false]) {
    const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null, hasCharge }));
    opened.push(model);
    const parts: ModelPart[] = [];
    for await (const part of model.complete(requestTo(server), new AbortController().signal))
      parts.push(part);
    const last = parts.at(-1);
    assert.ok(last?.kind === 'end', JSON.stringify(last));
    assert.deepEqual(last.answer.usage, {
      input: 37,
      output: 510,
      reasoning: 500,
      ...(hasCharge ? { charged: 0.25 } : {}),
    });
  }
});

test('sends the parameters as the provider spells them', async () => {
  const server = await serve({ kind: 'stream', text: 'x' });
  const schema = { name: 'answer', schema: { type: 'object' } };
  await ask(server, {
    parameters: {
      temperature: 0,
      topP: 0.9,
      maxTokens: 50,
      presencePenalty: 1,
      frequencyPenalty: -1,
      stop: ['a'],
      seed: 7,
    },
    responseFormat: 'json_schema',
    jsonSchema: schema,
  });
  assert.deepEqual(server.requests[0]?.body, {
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    stream_options: { include_usage: true },
    temperature: 0,
    top_p: 0.9,
    max_tokens: 50,
    presence_penalty: 1,
    frequency_penalty: -1,
    stop: ['a'],
    seed: 7,
    response_format: { type: 'json_schema', json_schema: schema },
  });
  await ask(server, {
    model: 'o3-mini',
    parameters: { maxTokens: 50, reasoningEffort: 'low' },
    responseFormat: 'text',
  });
  const body = server.requests[1]?.body;
  assert.deepEqual(
    [body?.max_completion_tokens, body?.max_tokens, body?.reasoning_effort, body?.response_format],
    [50, undefined, 'low', undefined],
  );
  await ask(server, {
    parameters: { maxTokens: 50, maxCompletionTokens: 60 },
    responseFormat: 'json_object',
  });
  const other = server.requests[2]?.body;
  assert.deepEqual(
    [other?.max_completion_tokens, other?.max_tokens, other?.response_format],
    [60, undefined, { type: 'json_object' }],
  );
});

test('sends only what is needed, whatever the environment says', async () => {
  const server = await serve({ kind: 'stream', text: 'x' });
  const names = {
    OPENAI_ORG_ID: 'org-1',
    OPENAI_PROJECT_ID: 'p-1',
    OPENAI_CUSTOM_HEADERS: 'x-secret: 1',
    OPENAI_API_KEY: 'other',
    OPENAI_BASE_URL: 'http://127.0.0.1:9',
  };
  Object.assign(process.env, names);
  try {
    await ask(server);
  } finally {
    for (const name of Object.keys(names)) delete process.env[name];
  }
  const { headers, path } = server.requests[0] ?? {};
  assert.equal(path, '/v1/chat/completions');
  assert.equal(headers?.authorization, `Bearer ${KEY}`);
  assert.deepEqual(Object.keys(headers ?? {}).sort(), [
    'accept',
    'accept-encoding',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
  ]);
});

test('a server that answers without streaming is understood', async () => {
  const [text, last] = await ask(await serve({ kind: 'whole', text: 'all at\nonce' }));
  assert.deepEqual(text, { kind: 'text', text: 'all at\nonce' });
  assert.ok(last?.kind === 'end');
  assert.deepEqual(last.answer.usage, { input: 12, output: 5 });
});

test('a server that does not know stream_options is asked without, from then on', async () => {
  const server = await serve(
    { kind: 'status', status: 400, body: { error: { message: 'Unknown field: stream_options' } } },
    { kind: 'stream', text: 'fine', usage: null },
  );
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null }));
  opened.push(model);
  for (let i = 0; i < 2; i++) {
    const parts: ModelPart[] = [];
    for await (const part of model.complete(requestTo(server), new AbortController().signal))
      parts.push(part);
    const last = parts.at(-1);
    assert.ok(last?.kind === 'end');
    assert.equal(last.answer.usage, null);
  }
  assert.equal(server.requests.length, 3);
  assert.equal(server.requests[0]?.headers.authorization, undefined);
});

test('a refusal is an answer that the content filter ended', async () => {
  const [last] = await ask(
    await serve({ kind: 'stream', text: '', delta: { refusal: 'I cannot.' } }),
  );
  assert.ok(last?.kind === 'end');
  assert.equal(last.answer.text, 'I cannot.');
  assert.equal(last.answer.finishReason, 'content-filter');
});

test('providers’ finish reasons become ours', async () => {
  for (const [word, reason] of [
    ['length', 'length'],
    ['tool_calls', 'tool'],
    ['content_filter', 'content-filter'],
    ['weird', 'other'],
  ] as const) {
    const last = (await ask(await serve({ kind: 'stream', text: 'x', finish: word }))).at(-1);
    assert.ok(last?.kind === 'end');
    assert.equal(last.answer.finishReason, reason);
  }
});

test('an answer without end is cut off', async () => {
  const huge = `data: ${'x'.repeat(5 * 1024 * 1024)}`;
  const error = await errorOf(await serve({ kind: 'raw', text: huge }));
  assert.equal(error.kind, 'bad-answer');
  assert.match(error.message, /too large/);
});

test('a provider that moved, or cannot be called, is an error before any request', async () => {
  const server = await serve({ kind: 'stream', text: 'x' });
  const moved = await errorOf(server, { baseUrl: 'http://127.0.0.1:9/v1' });
  assert.match(moved.message, /is now at http:\/\/127.0.0.1:9/);
  const model = createRemoteModel(() => ({ error: { kind: 'auth', message: 'no key' } }));
  for await (const part of model.complete(requestTo(server), new AbortController().signal)) {
    assert.deepEqual(part, { kind: 'error', error: { kind: 'auth', message: 'no key' } });
  }
  assert.equal(server.requests.length, 0);
});

test('connections are kept', async () => {
  const server = await serve({ kind: 'stream', text: 'some words in a row' });
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: KEY }));
  opened.push(model);
  const call = async () => {
    for await (const part of model.complete(requestTo(server), new AbortController().signal))
      assert.notEqual(part.kind, 'error');
  };
  for (let round = 0; round < 5; round++) await Promise.all([call(), call(), call()]);
  assert.equal(server.requests.length, 15);
  assert.ok(server.connections() <= 3, `${server.connections()} connections`);
});
