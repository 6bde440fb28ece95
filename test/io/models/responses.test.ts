import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Answer, ModelPart, ModelRequest } from '#core/eval/model.ts';
import type { Json } from '#core/prompt/node.ts';
import { UNADAPTED } from '#io/models/adaptation.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { buildResponsesRequest } from '#io/models/responses-request.ts';
import { responsesInterface } from '../../support/interfaces/responses.ts';
import {
  type AskOptions,
  ask,
  errorOf,
  opened,
  requestTo,
  serve,
} from '../../support/model-calls.ts';

const MODEL = 'o3-pro';
const RESPONSES: AskOptions = { model: MODEL, connection: { api: 'responses', address: '' } };

function build(more: Partial<ModelRequest>): Record<string, unknown> {
  const request = requestTo({ origin: 'https://api.openai.com' } as never, {
    ...RESPONSES,
    ...more,
  });
  return { ...buildResponsesRequest(request, UNADAPTED).body };
}

function event(type: string, more: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
}

function delta(text: unknown): string {
  return event('response.output_text.delta', { delta: text });
}

function completed(more: object = {}): string {
  return event('response.completed', { response: { status: 'completed', output: [], ...more } });
}

async function answerTo(text: string, type?: string): Promise<Answer> {
  const server = await serve({ kind: 'raw', text, ...(type === undefined ? {} : { type }) });
  const last = (await ask(server, RESPONSES)).at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  return last.answer;
}

async function failureOf(text: string, type?: string) {
  const server = await serve({ kind: 'raw', text, ...(type === undefined ? {} : { type }) });
  const { kind, message } = await errorOf(server, RESPONSES);
  return [kind, message.replace(server.origin, 'SERVER')];
}

test('a request has everything where this interface wants it, and nothing is kept', () => {
  const schema: Json = { type: 'object', additionalProperties: false };
  const body = build({
    model: 'gpt-4o',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'system', content: 'Now be long.' },
      { role: 'user', content: 'Go on' },
    ],
    parameters: {
      temperature: 0,
      topP: 0.9,
      maxTokens: 50,
      stop: ['a'],
      seed: 7,
      presencePenalty: 1,
      extra: { metadata: { team: 'a' } },
    },
    responseFormat: 'json_schema',
    jsonSchema: { name: 'answer', strict: true, schema },
  });
  assert.deepEqual(body, {
    metadata: { team: 'a' },
    model: 'gpt-4o',
    input: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'system', content: 'Now be long.' },
      { role: 'user', content: 'Go on' },
    ],
    store: false,
    stream: true,
    max_output_tokens: 50,
    temperature: 0,
    top_p: 0.9,
    text: { format: { type: 'json_schema', name: 'answer', strict: true, schema } },
  });
  assert.deepEqual(build({ responseFormat: 'json_object' }).text, {
    format: { type: 'json_object' },
  });
  assert.deepEqual(build({ responseFormat: 'text' }).text, undefined);
});

test('an effort goes beside what a project says of reasoning, and settings cannot have answers stored', () => {
  const parameters = { reasoningEffort: 'high', extra: { reasoning: { summary: 'auto' } } };
  assert.deepEqual(build({ parameters }).reasoning, { summary: 'auto', effort: 'high' });
  assert.deepEqual(build({ parameters: { reasoningEffort: 'high' } }).reasoning, {
    effort: 'high',
  });
  const connection = { api: 'responses', address: '', body: { store: true } } as const;
  assert.equal(build({ connection }).store, false);
});

test('the limit keeps its name whatever a server said of another', () => {
  const request = requestTo({ origin: 'http://127.0.0.1:9' } as never, {
    ...RESPONSES,
    parameters: { maxTokens: 50 },
  });
  const { body, changes } = buildResponsesRequest(request, { ...UNADAPTED, renamesLimit: true });
  assert.deepEqual([body.max_output_tokens, changes], [50, []]);
});

test('a deployment of Azure is the model, at the address of the resource', async () => {
  const server = await serve({ kind: 'raw', text: responsesInterface.stream({ text: 'x' }) });
  const baseUrl = `${server.origin}/openai/deployments/My%20pro`;
  const query = { 'api-version': '2025-04-01-preview' };
  const connection = { api: 'responses', address: `${baseUrl}?api-version=x` } as const;
  const model = createRemoteModel(() => ({ baseUrl, key: null, query }));
  opened.push(model);
  const request = requestTo(server, { model: MODEL, connection });
  for await (const part of model.complete(request, new AbortController().signal))
    assert.notEqual(part.kind, 'error');
  const [received] = server.requests;
  assert.equal(received?.path, '/openai/responses?api-version=2025-04-01-preview');
  assert.equal(received?.body.model, 'My pro');
});

test('a server that repeats nothing in its last event, or says everything only there, is understood', async () => {
  assert.equal((await answerTo(`${delta('Hel')}${delta('lo')}${completed()}`)).text, 'Hello');
  const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hello' }] }];
  assert.equal((await answerTo(completed({ output }))).text, 'Hello');
  assert.equal((await answerTo(`${delta('Hello')}${completed({ output })}`)).text, 'Hello');
  const refusal = [{ type: 'message', content: [{ type: 'refusal', refusal: 'No.' }] }];
  const answer = await answerTo(completed({ output: refusal }));
  assert.deepEqual([answer.text, answer.finishReason], ['No.', 'content-filter']);
  // Calls in events of their own, and an empty output.
  const call = event('response.output_item.done', { item: { type: 'function_call' } });
  assert.equal((await answerTo(`${call}${completed()}`)).finishReason, 'tool');
});

test('events that only keep the stream alive while a model thinks are passed over', async () => {
  const alive = event('keepalive', { sequence_number: 3 });
  const begun = event('response.created', { response: { model: 'o3-pro-served' } });
  const answer = await answerTo(`${begun}${alive}${delta('Hi')}${alive}${completed()}`);
  assert.deepEqual([answer.text, answer.servedBy], ['Hi', 'o3-pro-served']);
});

test('answers of several messages are one text; searches, thoughts and unknown items are none', async () => {
  const output = [
    { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hm.' }] },
    { type: 'web_search_call', status: 'completed' },
    { type: 'message', content: [{ type: 'output_text', text: 'One. ' }] },
    null,
    { type: 'message', content: [null, { type: 'output_text', text: 'Two.' }] },
    { type: 'invented_tomorrow', content: 'x' },
  ];
  const body = JSON.stringify({ object: 'response', status: 'completed', output });
  const answer = await answerTo(body, 'application/json');
  assert.deepEqual([answer.text, answer.finishReason], ['One. Two.', 'stop']);
});

test('a failed answer is an error with its reason and its kind', async () => {
  const failed = (error: object) =>
    `${delta('Half')}${event('response.failed', { response: { status: 'failed', error } })}`;
  const table: [body: string, kind: string, message: string][] = [
    [failed({ code: 'server_error', message: 'It melted.' }), 'unavailable', 'SERVER: It melted.'],
    [
      failed({ code: 'rate_limit_exceeded', message: 'Slow down.' }),
      'rate-limit',
      'SERVER asks for fewer calls: Slow down.',
    ],
    [
      failed({
        code: 'invalid_prompt',
        message: 'Your prompt was flagged as violating our policy.',
      }),
      'refused',
      'SERVER refused the content: Your prompt was flagged as violating our policy.',
    ],
    [
      failed({ code: 'bio_policy', message: 'Not this.' }),
      'refused',
      'SERVER refused the content: Not this.',
    ],
    [
      failed({ code: 'invalid_prompt', message: 'There is no input.' }),
      'bad-request',
      'SERVER: There is no input.',
    ],
    [
      event('response.failed', { response: { status: 'failed', error: null } }),
      'unavailable',
      'SERVER could not finish the answer: the answer is failed',
    ],
    [
      event('error', { code: null, message: 'It melted.', param: null }),
      'unavailable',
      'SERVER: It melted.',
    ],
    [
      event('error', { error: { code: 'server_error', message: 'It melted.' } }),
      'unavailable',
      'SERVER: It melted.',
    ],
  ];
  for (const [body, kind, message] of table)
    assert.deepEqual(await failureOf(body), [kind, message], body);
});

test('an answer as a whole that is not complete is an error', async () => {
  const whole = (more: object) => JSON.stringify({ object: 'response', output: [], ...more });
  for (const status of ['queued', 'in_progress', 'cancelled']) {
    const [kind, message] = await failureOf(whole({ status }), 'application/json');
    const said = `SERVER could not finish the answer: the answer is ${status}`;
    assert.deepEqual([kind, message], ['unavailable', said]);
  }
  const error = { code: 'server_error', message: 'It melted.' };
  assert.deepEqual(await failureOf(whole({ status: 'failed', error }), 'application/json'), [
    'unavailable',
    'SERVER: It melted.',
  ]);
});

test('what is no answer of this interface is a bad answer', async () => {
  const chat = JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] });
  assert.deepEqual(await failureOf(chat, 'application/json'), [
    'bad-answer',
    'SERVER sent no answer: the response is none of the Responses API',
  ]);
  const [kind] = await failureOf(`${delta(42)}${completed()}`);
  assert.equal(kind, 'bad-answer');
});

test('counts that are missing, null or no numbers are no counts', async () => {
  const table: [usage: unknown, expected: object | null][] = [
    [
      { input_tokens: 3, output_tokens: 4, total_tokens: 7 },
      { input: 3, output: 4 },
    ],
    [
      {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 10, cache_write_tokens: 5 },
        output_tokens: 40,
        output_tokens_details: null,
      },
      { input: 30, output: 40, cachedInput: 10, cacheWrite: 5 },
    ],
    [null, null],
    [{ input_tokens: 'many' }, null],
    [7, null],
  ];
  for (const [usage, expected] of table)
    assert.deepEqual((await answerTo(`${delta('x')}${completed({ usage })}`)).usage, expected);
});

test('connections are kept, and one that stays open after the last word is not waited for', async () => {
  const text = responsesInterface.stream({ text: 'some words in a row' });
  const server = await serve({ kind: 'raw', text });
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: null }));
  opened.push(model);
  for (let round = 0; round < 5; round++) {
    const parts: ModelPart[] = [];
    const request = requestTo(server, RESPONSES as Partial<ModelRequest>);
    for await (const part of model.complete(request, new AbortController().signal))
      parts.push(part);
    assert.equal(parts.at(-1)?.kind, 'end');
  }
  assert.equal(server.connections(), 1);

  const open = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${text}`),
    );
  });
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve));
  opened.push(open);
  const origin = `http://127.0.0.1:${(open.address() as AddressInfo).port}`;
  const parts = await ask({ origin, baseUrl: `${origin}/v1` } as never, RESPONSES);
  const last = parts.at(-1);
  assert.equal(last?.kind === 'end' && last.answer.text, 'some words in a row');
});
