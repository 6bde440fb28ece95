import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { INTERFACES } from '../../support/interfaces/interfaces.ts';
import {
  COUNTS,
  type Sample,
  type SampleInterface,
} from '../../support/interfaces/sample-interface.ts';
import { type AskOptions, ask, errorOf, KEY, serve } from '../../support/model-calls.ts';
import type { ModelServer, Reply } from '../../support/model-server.ts';

const TEXT = 'Guten Tag, 世界 😀!\n\nSecond line.';
const JSON_TYPE = 'application/json';

function each(name: string, run: (one: SampleInterface) => Promise<void>): void {
  for (const one of INTERFACES) test(`${one.api}: ${name}`, () => run(one));
}

/** Options of a call through an interface. */
function through({ api, model }: SampleInterface, more: AskOptions = {}): AskOptions {
  // Where a limit is needed, one that the prompt lacks would be a change.
  const parameters = { maxCompletionTokens: 500 };
  return { model, connection: { api, address: '' }, parameters, ...more };
}

function streamOf(one: SampleInterface, sample: Sample): Reply {
  return { kind: 'raw', text: one.stream(sample) };
}

function wholeOf(one: SampleInterface, sample: Sample): Reply {
  return { kind: 'raw', text: one.whole(sample), type: JSON_TYPE };
}

function textOf(parts: readonly ModelPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function answerOf(parts: readonly ModelPart[]): Answer {
  const last = parts.at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  return last.answer;
}

/** The same answer, streamed and as a whole. */
async function askBoth(one: SampleInterface, sample: Sample): Promise<Answer[]> {
  const replies = [streamOf(one, sample), wholeOf(one, sample)];
  return await Promise.all(
    replies.map(async (reply) => answerOf(await ask(await serve(reply), through(one)))),
  );
}

/** Waits until the server has seen that its client went away. */
async function waitForAbort(server: ModelServer): Promise<void> {
  while (server.aborted() === 0) await new Promise(setImmediate);
}

const REQUEST: Partial<ModelRequest> = {
  messages: [
    { role: 'system', content: 'Answer in German.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hallo' },
    { role: 'user', content: 'And the world?' },
  ],
  parameters: { maxCompletionTokens: 500, reasoningEffort: 'low' },
};

each('a request has its messages, limit, effort and key in their places', async (one) => {
  const server = await serve(streamOf(one, { text: TEXT }));
  await ask(server, through(one, REQUEST));
  const [received] = server.requests;
  assert.ok(received);
  assert.equal(received.path, one.path);
  assert.equal(received.body.model, one.model);
  const [header, prefix] = one.keyHeader;
  assert.equal(received.headers[header], `${prefix}${KEY}`);
  assert.deepEqual(one.read(received.body), {
    system: 'Answer in German.',
    turns: [
      ['user', 'Hello'],
      ['assistant', 'Hallo'],
      ['user', 'And the world?'],
    ],
    stream: true,
    limit: 500,
    effort: 'low',
    temperature: undefined,
    schema: undefined,
  });
});

each('a stream comes in parts, then with its usage', async (one) => {
  const parts = await ask(await serve(streamOf(one, { text: TEXT })), through(one));
  assert.equal(textOf(parts), TEXT);
  assert.ok(parts.length > 4);
  const { latencyMs, firstTokenMs, ...answer } = answerOf(parts);
  assert.deepEqual(answer, {
    text: TEXT,
    finishReason: 'stop',
    usage: COUNTS,
    servedBy: `${one.model}-served`,
  });
  assert.ok(firstTokenMs !== undefined && firstTokenMs <= latencyMs);
});

each('bytes that come one by one are the same answer', async (one) => {
  const bytes = Buffer.from(one.stream({ text: '世 😀' }));
  const parts = await ask(await serve({ kind: 'pieces', bytes, size: 1 }), through(one));
  assert.deepEqual([answerOf(parts).text, answerOf(parts).usage], ['世 😀', COUNTS]);
});

each('comments and pings between events are passed over', async (one) => {
  const bytes = one.stream({ text: TEXT }).replaceAll('\n\n', '\n\n: ping\n\n');
  const parts = await ask(await serve({ kind: 'raw', text: bytes }), through(one));
  assert.equal(answerOf(parts).text, TEXT);
});

each('an answer that comes as a whole, asked for or not, is the same answer', async (one) => {
  for (const stream of [true, false]) {
    const server = await serve(wholeOf(one, { text: TEXT }));
    const parts = await ask(server, through(one, { stream }));
    const { text, finishReason, usage, servedBy } = answerOf(parts);
    assert.deepEqual(
      [text, finishReason, usage, servedBy],
      [TEXT, 'stop', COUNTS, `${one.model}-served`],
    );
    assert.equal(one.read(server.requests[0]?.body as never).stream, stream);
  }
});

each('a call of a tool ends with the reason `tool`', async (one) => {
  const tool = { name: 'find_weather', input: '{"city":"Köln"}' };
  for (const text of [undefined, 'One moment.']) {
    const sample: Sample = { tool, ...(text === undefined ? {} : { text }) };
    for (const answer of await askBoth(one, sample))
      assert.deepEqual([answer.text, answer.finishReason], [text ?? '', 'tool']);
  }
});

each('a JSON schema is sent where the interface has it', async (one) => {
  const schema = {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  };
  const server = await serve(streamOf(one, { text: '{"city":"Köln"}' }));
  const parts = await ask(
    server,
    through(one, {
      responseFormat: 'json_schema',
      jsonSchema: { name: 'place', strict: true, schema },
    }),
  );
  assert.deepEqual(one.read(server.requests[0]?.body as never).schema, schema);
  assert.equal(answerOf(parts).text, '{"city":"Köln"}');
});

each('thoughts are no part of the answer', async (one) => {
  const sample = { thoughts: 'The user greets the world.', text: TEXT };
  for (const { text, usage } of await askBoth(one, sample)) {
    assert.equal(text, TEXT);
    assert.equal(usage?.reasoning, COUNTS.reasoning);
  }
});

each('a refusal is an answer that the content filter ended', async (one) => {
  const refusal = 'I cannot help with that.';
  const sample: Sample = { refusal, ...(one.api === 'messages' ? { end: 'content-filter' } : {}) };
  for (const { text, finishReason } of await askBoth(one, sample))
    assert.deepEqual([text, finishReason], [refusal, 'content-filter']);
});

each('an answer that was cut off says why', async (one) => {
  for (const end of ['length', 'content-filter'] as const)
    for (const { text, finishReason } of await askBoth(one, { text: TEXT, end }))
      assert.deepEqual([text, finishReason], [TEXT, end]);
});

each('an error before the stream keeps its reason', async (one) => {
  const cases = [
    [500, 'server', 'unavailable'],
    [400, 'bad-request', 'bad-request'],
  ] as const;
  for (const [status, kind, expected] of cases) {
    const message = `the model melted near ${KEY}`;
    const server = await serve({ kind: 'status', status, body: one.error(kind, message) });
    const error = await errorOf(server, through(one));
    assert.deepEqual([error.kind, error.status], [expected, status]);
    assert.match(error.message, /the model melted near \[key\]/);
    assert.equal(server.requests.length, 1);
  }
});

each('an error within the stream keeps the text and its reason', async (one) => {
  const text = `${one.beginning('Half an answer')}${one.streamError(`it melted near ${KEY}`)}`;
  const parts = await ask(await serve({ kind: 'raw', text }), through(one));
  assert.equal(textOf(parts), 'Half an answer');
  const last = parts.at(-1);
  assert.ok(last?.kind === 'error');
  assert.equal(last.error.kind, 'unavailable');
  assert.match(last.error.message, /it melted near \[key\]/);
});

each('a hint when to ask again is read, whatever its form', async (one) => {
  const now = Date.now();
  const date = new Date(now + 90_000).toUTCString();
  const cases: [headers: Record<string, string>, message: string, ms: number][] = [
    [{ 'retry-after': '7' }, 'slow down', 7000],
    [{ 'retry-after': date }, 'slow down', 90_000],
    [{ 'retry-after': '7', 'retry-after-ms': '250' }, 'slow down', 250],
    [one.resetHeaders(now), 'slow down', 90_000],
    [{}, 'Rate limit reached. Please try again in 6.5s.', 6500],
    [{}, 'slow down', Number.NaN],
  ];
  for (const [headers, message, ms] of cases) {
    const body = one.error('rate-limit', message);
    const server = await serve({ kind: 'status', status: 429, headers, body });
    const error = await errorOf(server, through(one));
    assert.deepEqual([error.kind, error.status], ['rate-limit', 429]);
    if (Number.isNaN(ms)) assert.equal(error.retryAfterMs, undefined);
    else {
      const wait = error.retryAfterMs ?? Number.NaN;
      // A time of day is whole seconds, and some of it has passed.
      assert.ok(wait <= ms && wait > ms - 5000, `${JSON.stringify(headers)}: ${wait}`);
    }
  }
});

each('cancelling before and within the answer ends the request', async (one) => {
  const before = await serve({ kind: 'nothing' });
  const early = new AbortController();
  const unanswered = ask(before, through(one, { signal: early.signal }));
  while (before.requests.length === 0) await new Promise(setImmediate);
  early.abort(new Error('enough'));
  await assert.rejects(unanswered, /enough/);
  await waitForAbort(before);

  const bytes = one.beginning('Half an answer');
  const within = await serve({ kind: 'bytes', bytes, after: 'silence' });
  const late = new AbortController();
  const onText = () => late.abort(new Error('enough'));
  await assert.rejects(ask(within, through(one, { signal: late.signal, onText })), /enough/);
  await waitForAbort(within);
  assert.deepEqual([before.requests.length, within.requests.length], [1, 1]);
});

each('a call that is cancelled before it begins sends nothing', async (one) => {
  const server = await serve({ kind: 'nothing' });
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(ask(server, through(one, { signal })), /enough/);
  assert.equal(server.requests.length, 0);
});

each('a parameter that the server names is left out once, and said', async (one) => {
  const message = "Unsupported parameter: 'effort' is not supported with this model.";
  const server = await serve(
    { kind: 'status', status: 400, body: one.error('bad-request', message) },
    streamOf(one, { text: TEXT }),
  );
  const parameters = { maxCompletionTokens: 500, reasoningEffort: 'low' };
  const parts = await ask(server, through(one, { parameters }));
  const { changes = [] } = answerOf(parts);
  assert.deepEqual(
    changes.map(({ key, effect }) => [key, effect]),
    [['reasoningEffort', 'left-out']],
  );
  assert.match(changes[0]?.reason ?? '', /not supported with this model/);
  const [first, second] = server.requests.map(({ body }) => one.read(body).effort);
  assert.deepEqual([first, second], ['low', undefined]);
});

each('an answer is asked for as a whole where the server refuses to stream', async (one) => {
  const message = 'Your organization must be verified to stream this model.';
  const server = await serve(
    { kind: 'status', status: 400, body: one.error('bad-request', message) },
    wholeOf(one, { text: TEXT }),
  );
  assert.equal(answerOf(await ask(server, through(one))).text, TEXT);
  assert.deepEqual(
    server.requests.map(({ body }) => one.read(body).stream),
    [true, false],
  );
});

each('a key that the server says back is in no answer', async (one) => {
  const text = `The key is ${KEY}.`;
  for (const answer of await askBoth(one, { text, thoughts: KEY })) {
    assert.equal(answer.text, 'The key is [key].');
    assert.ok(!JSON.stringify(answer).includes(KEY));
  }
});
