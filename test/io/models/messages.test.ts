import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { error, event, stream, whole } from '../../support/interfaces/messages.ts';
import { ask, errorOf, KEY, opened, requestTo, serve } from '../../support/model-calls.ts';
import type { ModelServer, Reply } from '../../support/model-server.ts';

const MODEL = 'claude-sonnet-4-6';

function asMessages(server: Pick<ModelServer, 'baseUrl'>): Partial<ModelRequest> {
  return { model: MODEL, connection: { api: 'messages', address: server.baseUrl } };
}

function raw(text: string, type?: string): Reply {
  return { kind: 'raw', text, ...(type ? { type } : {}) };
}

async function answerTo(reply: Reply, more: Partial<ModelRequest> = {}): Promise<Answer> {
  const server = await serve(reply);
  const last = (await ask(server, { ...asMessages(server), ...more })).at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  return last.answer;
}

function streamed(parts: readonly ModelPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

test('streams the text of an answer, without its thoughts, then what it took', async () => {
  const usage = {
    input_tokens: 20,
    cache_read_input_tokens: 1000,
    cache_creation_input_tokens: 300,
    output_tokens: 90,
    output_tokens_details: { thinking_tokens: 70 },
  };
  const blocks = [
    { thinking: 'The user greets me.' },
    { redacted: 'b3BhcXVl' },
    { text: 'Good day, ' },
    { text: '世界 😀!' },
  ];
  const server = await serve(raw(stream({ blocks, usage })));
  const parts = await ask(server, { ...asMessages(server), parameters: { maxTokens: 100 } });
  assert.equal(streamed(parts), 'Good day, 世界 😀!');
  assert.ok(parts.length > 4, 'it comes in parts');
  const last = parts.at(-1);
  assert.ok(last?.kind === 'end');
  const { latencyMs, firstTokenMs, ...answer } = last.answer;
  assert.deepEqual(answer, {
    text: 'Good day, 世界 😀!',
    finishReason: 'stop',
    usage: { input: 1320, output: 90, cachedInput: 1000, cacheWrite: 300, reasoning: 70 },
    servedBy: 'claude-sonnet-4-6-served',
  });
  assert.ok(firstTokenMs !== undefined && firstTokenMs <= latencyMs);
});

test('each end of an answer has its name', async () => {
  const table: [NonNullable<Parameters<typeof stream>[0]>['stop'], string][] = [
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['refusal', 'content-filter'],
    ['pause_turn', 'other'],
  ];
  for (const [stop, finishReason] of table) {
    const answer = await answerTo(raw(stream({ blocks: [{ text: 'So ' }], stop: stop ?? null })));
    assert.deepEqual([answer.text, answer.finishReason], ['So ', finishReason]);
  }
});

test('a refusal without text is answered with its explanation', async () => {
  const refused = { stop: 'refusal', explanation: 'It could harm.' } as const;
  for (const reply of [raw(stream(refused)), raw(whole(refused), 'application/json')]) {
    const answer = await answerTo(reply);
    assert.deepEqual([answer.text, answer.finishReason], ['It could harm.', 'content-filter']);
  }
});

test('events without names, of unknown types and with comments are read', async () => {
  const text = stream({ blocks: [{ text: 'fine' }] });
  const nameless = text.replaceAll(/^event: .*\n/gm, '');
  const strange = `: keep-alive\n\n${event('surprise', { text: 'x' })}${text}`;
  const done = `${text.split('event: message_stop')[0]}data: [DONE]\n\n`;
  for (const body of [nameless, strange, done, text.replaceAll('\n', '\r\n')])
    assert.equal((await answerTo(raw(body))).text, 'fine');
});

test('an error within the stream ends it with its reason, and what came before is kept', async () => {
  const begun =
    stream({ blocks: [{ text: 'So far' }] }).split('event: content_block_stop')[0] ?? '';
  const table: [type: string, message: string, kind: string][] = [
    ['overloaded_error', 'Overloaded', 'unavailable'],
    ['api_error', 'Internal server error', 'unavailable'],
    ['rate_limit_error', 'Too many tokens a minute', 'rate-limit'],
    ['invalid_request_error', 'Output blocked by content filtering policy', 'refused'],
  ];
  for (const [type, message, kind] of table) {
    const server = await serve(raw(`${begun}${event('error', error(type, `${message} ${KEY}`))}`));
    const parts = await ask(server, asMessages(server));
    assert.equal(streamed(parts), 'So far');
    const last = parts.at(-1);
    assert.ok(last?.kind === 'error', JSON.stringify(last));
    assert.deepEqual([last.error.kind, last.error.status], [kind, undefined]);
    assert.match(last.error.message, new RegExp(`: ${message} \\[key\\]$`));
  }
});

test('an error instead of an answer has its kind and the words of the server', async () => {
  const table: [status: number, type: string, message: string, kind: string][] = [
    [400, 'invalid_request_error', 'messages: at least one message is required', 'bad-request'],
    [400, 'invalid_request_error', 'Your credit balance is too low to access it', 'quota'],
    [400, 'invalid_request_error', 'prompt is too long: 9 tokens > 8 maximum', 'context-length'],
    [
      400,
      'invalid_request_error',
      'input length and `max_tokens` exceed context limit: 9 + 1 > 8',
      'context-length',
    ],
    [401, 'authentication_error', 'invalid x-api-key', 'auth'],
    [402, 'billing_error', 'Check your plan', 'quota'],
    [403, 'permission_error', 'Not for you', 'auth'],
    [404, 'not_found_error', 'model: claude-9', 'not-found'],
    [413, 'request_too_large', 'Request exceeds the maximum size', 'context-length'],
    [429, 'rate_limit_error', 'Slow down', 'rate-limit'],
    [500, 'api_error', 'Internal server error', 'unavailable'],
    [529, 'overloaded_error', 'Overloaded', 'unavailable'],
  ];
  for (const [status, type, message, kind] of table) {
    const server = await serve({ kind: 'status', status, body: error(type, message) });
    const found = await errorOf(server, asMessages(server));
    assert.deepEqual([found.kind, found.status], [kind, status], message);
    assert.ok(found.message.endsWith(`${status} ${message}`), found.message);
    assert.equal(server.requests.length, 1, 'it is asked once');
  }
});

test('an address without this interface is told from a model that is not there', async () => {
  for (const body of [{ detail: 'Not Found' }, '<html><title>Not Found</title></html>', '']) {
    const server = await serve({ kind: 'status', status: 404, body });
    const found = await errorOf(server, asMessages(server));
    assert.equal(found.kind, 'not-found');
    assert.match(
      found.message,
      /404 (?:Not Found; )?a server that has no Messages API needs `api: chat`/,
    );
  }
  const body = error('not_found_error', 'model: claude-9');
  const server = await serve({ kind: 'status', status: 404, body });
  assert.match((await errorOf(server, asMessages(server))).message, /404 model: claude-9$/);
});

test('a limit of what may be spent is not one of calls', async () => {
  for (const [code, kind] of [
    ['contract_spend_limit_reached', 'quota'],
    ['enforced_spend_limit_reached', 'quota'],
    ['ramp_limit_exceeded', 'rate-limit'],
  ] as const) {
    const body = error('rate_limit_error', 'Not now', code);
    const server = await serve({ kind: 'status', status: 429, body });
    assert.equal((await errorOf(server, asMessages(server))).kind, kind);
  }
});

test('errors in other shapes keep their reason', async () => {
  const gateway = await serve(
    raw('data: {"error":{"code":"server_error","message":"melted"}}\n\n'),
  );
  const error = await errorOf(gateway, asMessages(gateway));
  assert.deepEqual([error.kind, error.message], ['unavailable', `${gateway.origin}: melted`]);
  for (const body of [{ error: 'no such thing' }, { detail: 'no such thing' }, 'no such thing']) {
    const server = await serve({ kind: 'status', status: 422, body });
    assert.match((await errorOf(server, asMessages(server))).message, /no such thing/);
  }
});

test('the connection is used again', async () => {
  const text = stream({ blocks: [{ text: 'x' }] });
  const server = await serve(raw(text));
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null }));
  opened.push(model);
  for (let i = 0; i < 3; i++)
    for await (const part of model.complete(
      requestTo(server, asMessages(server)),
      AbortSignal.timeout(10_000),
    ))
      assert.notEqual(part.kind, 'error');
  assert.equal(server.connections(), 1);
});

test('sends only what is needed, whatever the environment says', async () => {
  const server = await serve(raw(stream({ blocks: [{ text: 'x' }] })));
  const names = {
    ANTHROPIC_API_KEY: 'other',
    ANTHROPIC_AUTH_TOKEN: 'other',
    ANTHROPIC_BASE_URL: 'http://127.0.0.1:9',
    ANTHROPIC_CUSTOM_HEADERS: 'x-secret: 1\nanthropic-version: 2020-01-01\nanthropic-beta: odd',
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_OPEN_TELEMETRY: 'true',
  };
  Object.assign(process.env, names);
  try {
    await ask(server, asMessages(server));
  } finally {
    for (const name of Object.keys(names)) delete process.env[name];
  }
  const { headers, path } = server.requests[0] ?? {};
  assert.equal(path, '/v1/messages');
  assert.equal(headers?.['x-api-key'], KEY);
  assert.equal(headers?.['anthropic-version'], '2023-06-01');
  assert.deepEqual(Object.keys(headers ?? {}).sort(), [
    'accept',
    'accept-encoding',
    'anthropic-version',
    'connection',
    'content-length',
    'content-type',
    'host',
    'user-agent',
    'x-api-key',
  ]);
});

test('the address of a gateway may have a path, with or without /v1, and a query', async () => {
  const server = await serve(raw(stream({ blocks: [{ text: 'x' }] })));
  for (const [path, sent] of [
    ['/anthropic/v1', '/anthropic/v1/messages'],
    ['/anthropic', '/anthropic/v1/messages'],
    ['/s/ok/v1', '/s/ok/v1/messages'],
  ]) {
    await ask(server, { ...asMessages(server), baseUrl: `${server.origin}${path}` });
    assert.equal(server.requests.at(-1)?.path, sent);
  }
  const query = { 'api-version': '2026-01-01' };
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null, query }));
  opened.push(model);
  const request = requestTo(server, asMessages(server));
  for await (const part of model.complete(request, AbortSignal.timeout(10_000)))
    assert.notEqual(part.kind, 'error');
  assert.equal(server.requests.at(-1)?.path, '/v1/messages?api-version=2026-01-01');
});

test('a parameter that the server refuses is left out once and said', async () => {
  const refusal = error('invalid_request_error', '`temperature` is deprecated for this model.');
  const server = await serve(
    { kind: 'status', status: 400, body: refusal },
    raw(stream({ blocks: [{ text: 'fine' }] })),
  );
  const more = { ...asMessages(server), parameters: { temperature: 0, maxTokens: 9 } };
  const last = (await ask(server, more)).at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  assert.deepEqual(
    last.answer.changes?.map(({ key, effect }) => [key, effect]),
    [['temperature', 'left-out']],
  );
  assert.equal('temperature' in (server.requests[1]?.body ?? {}), false);
});

test('what the server does not take otherwise is not asked twice', async () => {
  const message = 'This model does not support assistant message prefill.';
  const body = error('invalid_request_error', message);
  const server = await serve({ kind: 'status', status: 400, body });
  assert.equal((await errorOf(server, asMessages(server))).kind, 'bad-request');
  assert.equal(server.requests.length, 1);
});

test('an answer of another interface is none', async () => {
  const server = await serve({ kind: 'whole', text: 'Chat Completions' });
  const found = await errorOf(server, asMessages(server));
  assert.equal(found.kind, 'bad-answer');
  assert.match(found.message, /Messages API/);
});

test('counts that are missing, broken or only those of the beginning are none', async () => {
  const text = stream({ blocks: [{ text: 'x' }] });
  const begun = text.replace(
    /"usage":\{[^{}]*\}\}\n\nevent: message_stop/,
    '"usage":null}\n\nevent: message_stop',
  );
  assert.notEqual(begun, text);
  const broken = stream({ blocks: [{ text: 'x' }], usage: { output_tokens: -1 } });
  for (const body of [begun, broken]) assert.equal((await answerTo(raw(body))).usage, null);
  const odd = stream({
    usage: {
      output_tokens: 5,
      cache_read_input_tokens: -3,
      output_tokens_details: { thinking_tokens: 500 },
    },
  });
  assert.deepEqual((await answerTo(raw(odd))).usage, { input: 12, output: 5, reasoning: 5 });
});

test('a whole answer with parts of other types than published is read as far as it goes', async () => {
  const content = [null, 5, { type: 'text', text: 'a' }];
  const body = JSON.stringify({
    type: 'message',
    content,
    usage: 'many',
    model: 5,
    stop_reason: 7,
  });
  const answer = await answerTo(raw(body, 'application/json'));
  assert.deepEqual(
    [answer.text, answer.finishReason, answer.usage, answer.servedBy],
    ['a', 'other', null, MODEL],
  );
});
