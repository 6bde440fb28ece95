import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { ModelError } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { ask, errorOf, KEY, opened, requestTo, serve } from '../../support/model-calls.ts';
import type { Reply } from '../../support/model-server.ts';

const FAILURES: [name: string, reply: Reply, error: Partial<ModelError>, message: RegExp][] = [
  [
    '429 with seconds',
    { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    { kind: 'rate-limit', status: 429, retryAfterMs: 7000 },
    /fewer calls/,
  ],
  [
    '429 without credit',
    {
      kind: 'status',
      status: 429,
      body: { error: { code: 'insufficient_quota', message: 'You exceeded' } },
    },
    { kind: 'quota' },
    /no credit left/,
  ],
  [
    '401',
    {
      kind: 'status',
      status: 401,
      body: { error: { message: `Incorrect API key provided: ${KEY}` } },
    },
    { kind: 'auth', status: 401 },
    /refuses the key: .*\[key\]/,
  ],
  [
    '403',
    { kind: 'status', status: 403 },
    { kind: 'auth', status: 403 },
    /does not allow this call/,
  ],
  [
    '500',
    { kind: 'status', status: 500, body: 'oops' },
    { kind: 'unavailable', status: 500 },
    /oops/,
  ],
  [
    '503 with a pause',
    { kind: 'status', status: 503, headers: { 'retry-after': '2' } },
    { kind: 'unavailable', retryAfterMs: 2000 },
    /./,
  ],
  [
    '404',
    { kind: 'status', status: 404, body: { error: { message: 'no such model' } } },
    { kind: 'not-found', status: 404 },
    /no such model/,
  ],
  [
    'too long by code',
    {
      kind: 'status',
      status: 400,
      body: { error: { code: 'context_length_exceeded', message: 'x' } },
    },
    { kind: 'context-length' },
    /longer than the model takes/,
  ],
  [
    'too long by words',
    {
      kind: 'status',
      status: 400,
      body: { error: { message: "This model's maximum context length is 8192 tokens" } },
    },
    { kind: 'context-length' },
    /8192/,
  ],
  [
    'a model of another interface',
    {
      kind: 'status',
      status: 404,
      body: {
        error: {
          message: 'This model is only supported in v1/responses and not in v1/chat/completions.',
          type: 'invalid_request_error',
          param: 'model',
          code: null,
        },
      },
    },
    { kind: 'not-found', status: 404 },
    /not in v1\/chat\/completions\.; set `api: responses` for the provider$/,
  ],
  [
    'a flagged prompt',
    {
      kind: 'status',
      status: 400,
      body: {
        error: {
          code: 'invalid_prompt',
          type: 'invalid_request_error',
          message:
            'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
        },
      },
    },
    { kind: 'refused', status: 400 },
    /flagged as potentially/,
  ],
  [
    'content filter',
    { kind: 'status', status: 400, body: { error: { code: 'content_filter', message: 'x' } } },
    { kind: 'refused' },
    /refused the content/,
  ],
  [
    'a cut connection',
    { kind: 'cut', text: 'half an answer', hard: true },
    { kind: 'network' },
    /broke|closed in the middle/,
  ],
  [
    'a stream that ends early',
    { kind: 'cut', text: 'half an answer', hard: false },
    { kind: 'network' },
    /closed in the middle/,
  ],
  [
    'an error in the stream',
    { kind: 'raw', text: 'data: {"error":{"code":"server_error","message":"melted"}}\n\n' },
    { kind: 'unavailable' },
    /melted/,
  ],
  ['no JSON in the stream', { kind: 'raw', text: 'data: {oops\n\n' }, { kind: 'bad-answer' }, /./],
  [
    'a web page',
    { kind: 'raw', text: '<html><title>Sign in</title>', type: 'text/html' },
    { kind: 'bad-answer' },
    /sent no answer: it answers with a web page \(Sign in\).*is \/v1 missing/,
  ],
  [
    'a text',
    { kind: 'raw', text: 'Welcome to the gateway', type: 'text/plain' },
    { kind: 'bad-answer' },
    /answers with text \(Welcome to the gateway\)/,
  ],
  [
    'Ollama’s own format',
    {
      kind: 'raw',
      text: '{"message":{"content":"bil"},"done":false}\n{"message":{"content":""},"done":true}\n',
      type: 'application/x-ndjson',
    },
    { kind: 'bad-answer' },
    /Ollama’s own format; use the address that ends in \/v1/,
  ],
  [
    'Ollama’s own format, as a whole',
    {
      kind: 'raw',
      text: '{"message":{"role":"assistant","content":"bil"},"done":true}',
      type: 'application/json',
    },
    { kind: 'bad-answer' },
    /Ollama’s own format; use the address that ends in \/v1/,
  ],
  [
    'a JSON text with the status 200',
    { kind: 'raw', text: '"upstream is asleep"', type: 'application/json' },
    { kind: 'bad-answer' },
    /answers with text \("upstream is asleep"\)/,
  ],
  [
    'JSON of another service',
    { kind: 'raw', text: '{"code":7,"data":null,"hint":"plan"}', type: 'application/json' },
    { kind: 'bad-answer' },
    /JSON of another kind \(\{"code":7,"data":null,"hint":"plan"\}\)/,
  ],
  [
    'words that are called a stream',
    { kind: 'raw', text: `upstream connect error, ${KEY}`, type: 'text/event-stream' },
    { kind: 'bad-answer' },
    /answers with text \(upstream connect error, \[key\]\)/,
  ],
  [
    'nothing at all',
    { kind: 'raw', text: '', type: 'text/plain' },
    { kind: 'bad-answer' },
    /sent no answer: the body is empty: is the address right/,
  ],
  [
    'a stream without an event',
    { kind: 'raw', text: ': keep-alive\n\n', type: 'text/event-stream' },
    { kind: 'network' },
    /closed in the middle/,
  ],
  [
    'events that are called JSON',
    {
      kind: 'raw',
      text: 'data: {"error":{"code":"server_error","message":"melted"}}\n\n',
      type: 'application/json',
    },
    { kind: 'unavailable' },
    /melted/,
  ],
  [
    'bytes',
    { kind: 'raw', text: '\u0000\u0001\u0002\u0003PNG\u0000', type: 'image/png' },
    { kind: 'bad-answer' },
    /answers with bytes that are no text/,
  ],
  [
    'an error with the status 200',
    {
      kind: 'raw',
      text: '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404}',
      type: 'application/json',
    },
    { kind: 'not-found' },
    /The model `x` does not exist/,
  ],
  [
    'a message with the status 200',
    {
      kind: 'raw',
      text: '{"message":"Unauthorized: subscription key missing","statusCode":401}',
      type: 'application/json',
    },
    { kind: 'auth' },
    /subscription key missing/,
  ],
];

test('every failure is a typed error', async (t) => {
  for (const [name, reply, expected, message] of FAILURES) {
    await t.test(name, async () => {
      const error = await errorOf(await serve(reply));
      for (const [key, value] of Object.entries(expected))
        assert.equal(error[key as keyof ModelError], value);
      assert.match(error.message, message);
    });
  }
});

test('a redirect is not followed, least of all with a key', async () => {
  const other = await serve({ kind: 'stream', text: 'mine' });
  const server = await serve({
    kind: 'status',
    status: 307,
    headers: { location: `${other.baseUrl}/chat/completions` },
  });
  const error = await errorOf(server);
  assert.equal(error.kind, 'bad-answer');
  assert.match(error.message, /redirects are not followed/);
  assert.equal(other.requests.length, 0);
});

test('one call is one request: retries are the runner’s', async () => {
  const server = await serve({ kind: 'status', status: 500 });
  await errorOf(server);
  assert.equal(server.requests.length, 1);
});

test('no answer, a silent one and a never-ending one time out', async () => {
  const silent = await errorOf(await serve({ kind: 'nothing' }), { timeoutMs: 50 });
  assert.deepEqual(silent, { kind: 'timeout', message: 'no complete answer within 50 ms' });
  const server = await serve({ kind: 'silence', text: 'half an answer' });
  const stopped = await errorOf(server, { idleMs: 50 });
  assert.deepEqual(stopped, { kind: 'timeout', message: 'the answer stopped for 50 ms' });
  const endless = await errorOf(await serve({ kind: 'silence', text: 'half' }), {
    timeoutMs: 50,
    idleMs: 10_000,
  });
  assert.equal(endless.kind, 'timeout');
});

test('comments that keep a stream alive are no silence', async () => {
  const server = http.createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let left = 12;
    const timer = setInterval(() => {
      if (left-- > 0) return void response.write(': keep-alive\n\n');
      clearInterval(timer);
      const choice = { index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' };
      response.end(`data: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`);
    }, 15);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: null, idleMs: 100 }));
  opened.push(model);
  const kinds: string[] = [];
  const request = requestTo({ origin } as never);
  for await (const { kind } of model.complete(request, AbortSignal.timeout(5000))) kinds.push(kind);
  assert.deepEqual(kinds, ['text', 'end']);
});

test('aborting ends the call and its connection', async () => {
  const server = await serve({ kind: 'silence', text: 'half an answer' });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 30);
  await assert.rejects(ask(server, { signal: stop.signal }), /enough/);
  await assert.rejects(ask(server, { signal: stop.signal }), /enough/);
  assert.equal(server.requests.length, 1);
});

test('a server that is not there is a network error that says so', async () => {
  const server = await serve({ kind: 'nothing' });
  await server.close();
  const error = await errorOf(server);
  assert.equal(error.kind, 'network');
  assert.match(error.message, /cannot be reached \(ECONNREFUSED\)/);
});
