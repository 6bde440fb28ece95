import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { cpuMs } from '../../support/cpu-ms.ts';
import { ask, errorOf, opened, requestTo, serve } from '../../support/model-calls.ts';

const DONE = 'data: [DONE]\n\n';

function event(choice: object | null, more: object = {}): string {
  const choices = choice ? [{ index: 0, finish_reason: null, ...choice }] : [];
  return `data: ${JSON.stringify({ choices, ...more })}\n\n`;
}

function text(content: unknown): string {
  return event({ delta: { content } });
}

async function last(parts: Promise<ModelPart[]>): Promise<ModelPart | undefined> {
  return (await parts).at(-1);
}

function streamed(parts: readonly ModelPart[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

test('a server that closes at any byte: what came is kept, and it ends in an error or whole', async () => {
  const body = Buffer.from(
    `${text('Hé ')}${text('世界')}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`,
  );
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
  const chunked = Buffer.concat([
    Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`),
    body,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const plain = Buffer.concat([Buffer.from(`${head}connection: close\r\n\r\n`), body]);
  const finished = (whole: Buffer) =>
    whole.indexOf('\n\n', whole.indexOf('finish_reason":"stop"')) + 2;
  for (const whole of [chunked, plain]) {
    let length = 0;
    let hard = false;
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        socket.write(whole.subarray(0, length), () =>
          hard ? socket.resetAndDestroy() : socket.end(),
        );
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    opened.push(server);
    for (; length <= whole.length; length++) {
      // A reset may overtake what was written, so that less comes in than was sent.
      hard = length % 5 === 0;
      const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: null }));
      const parts: ModelPart[] = [];
      const request = { ...requestTo({ origin } as never) };
      for await (const part of model.complete(request, AbortSignal.timeout(10_000)))
        parts.push(part);
      model.close();
      const end = parts.at(-1);
      assert.ok('Hé 世界'.startsWith(streamed(parts)), `${length}: ${streamed(parts)}`);
      assert.equal(parts.filter(({ kind: t }) => t !== 'text').length, 1);
      if (end?.kind === 'end') {
        assert.equal(end.answer.text, 'Hé 世界');
        assert.ok(length >= finished(whole), `${length}`);
      } else {
        assert.equal(end?.kind === 'error' && end.error.kind, 'network', `${length}`);
        assert.ok(hard || length < whole.length, 'the whole answer is no error');
      }
    }
  }
});

test('a server that keeps the connection open after its last word is not waited for', async () => {
  const body = `${text('Hé')}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`;
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n${body}`),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: null, idleMs: 20_000 }));
  const parts: ModelPart[] = [];
  const request = { ...requestTo({ origin } as never) };
  for await (const part of model.complete(request, AbortSignal.timeout(10_000))) parts.push(part);
  const end = parts.at(-1);
  assert.equal(end?.kind === 'end' && end.answer.text, 'Hé');
});

test('blank lines before an answer take no quadratic time', async () => {
  const body = `${text('Hé')}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`;
  for (const type of ['text/event-stream', 'text/plain']) {
    const server = await serve({ kind: 'raw', text: '\n'.repeat(8_000_000) + body, type });
    const before = cpuMs();
    const end = await last(ask(server));
    const taken = cpuMs() - before;
    assert.equal(end?.kind === 'end' && end.answer.text, 'Hé');
    assert.ok(taken < 1500, `${taken} ms`);
  }
});

test('bytes that come one by one, in the middle of characters, are read whole', async () => {
  const bytes = Buffer.from(
    `${text('a😀世')}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`,
  );
  const end = await last(ask(await serve({ kind: 'pieces', bytes, size: 1 })));
  assert.equal(end?.kind === 'end' && end.answer.text, 'a😀世');
});

test('bytes that are no UTF-8 become the replacement character, each in its place', async () => {
  const [before = '', after = ''] = text('good|bad').split('|');
  const bytes = Buffer.concat([
    Buffer.from(before),
    Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
    Buffer.from(`${after}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`),
  ]);
  const end = await last(ask(await serve({ kind: 'raw', text: bytes })));
  const answer = end?.kind === 'end' ? end.answer.text : '';
  assert.match(answer, /^good\ufffd\ufffd\(\ufffd+bad$/);
});

test('no content, or none where it should be, is an empty answer that ended', async () => {
  const table: [name: string, body: string][] = [
    ['null', text(null)],
    ['no delta', event({})],
    ['null for delta and message', event({ delta: null, message: null })],
    ['no choices', event(null)],
    ['null for choices', `data: {"choices":null}\n\n`],
  ];
  for (const [name, body] of table) {
    const stream = `${body}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`;
    const end = await last(ask(await serve({ kind: 'raw', text: stream })));
    assert.equal(end?.kind === 'end' && end.answer.text, '', name);
  }
  const whole = { choices: [{ message: { content: null }, finish_reason: 'stop' }] };
  const type = 'application/json';
  const end = await last(ask(await serve({ kind: 'raw', text: JSON.stringify(whole), type })));
  assert.equal(end?.kind === 'end' && end.answer.text, '');
});

test('content in parts is joined, without the thoughts; what is no text is an error', async () => {
  const thought = { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] };
  const parts = `${text([thought])}${text([{ type: 'text', text: 'Forty-' }])}${text('two')}`;
  const stream = `${parts}${event({ delta: {}, finish_reason: 'stop' })}${DONE}`;
  const end = await last(ask(await serve({ kind: 'raw', text: stream })));
  assert.equal(end?.kind === 'end' && end.answer.text, 'Forty-two');
  const error = await errorOf(await serve({ kind: 'raw', text: `${text(42)}${DONE}` }));
  assert.equal(error.kind, 'bad-answer');
});

test('a server that says no finish reason has finished when it says [DONE]', async () => {
  for (const finish_reason of [null, '']) {
    const body = event({ delta: { content: 'Hi' }, finish_reason });
    const end = await last(ask(await serve({ kind: 'raw', text: `${body}${DONE}` })));
    assert.ok(end?.kind === 'end', JSON.stringify(end));
    assert.deepEqual([end.answer.text, end.answer.finishReason], ['Hi', 'other']);
    assert.equal((await errorOf(await serve({ kind: 'raw', text: body }))).kind, 'network');
  }
  const inside = text('data: [DONE]');
  assert.equal((await errorOf(await serve({ kind: 'raw', text: inside }))).kind, 'network');
  const nothing = await errorOf(await serve({ kind: 'raw', text: DONE }));
  assert.deepEqual([nothing.kind, /no `choices`/.test(nothing.message)], ['bad-answer', true]);
});

test('an error in place of an answer, with 200, is an error', async () => {
  const body = JSON.stringify({ error: { message: 'no provider is free', code: 502 } });
  const error = await errorOf(await serve({ kind: 'raw', text: body, type: 'application/json' }));
  assert.match(error.message, /no provider is free/);
  assert.equal(error.kind, 'unavailable');
});

test('five megabytes, in ten thousand lines or in one object, come in whole', async () => {
  const long = `${'0123456789 '.repeat(46)}\n`.repeat(10_000);
  const chunks = await serve({ kind: 'chunks', text: long, size: 4000 });
  const parts = await ask(chunks);
  assert.equal(streamed(parts).length, long.length);
  const end = parts.at(-1);
  assert.ok(end?.kind === 'end' && end.answer.text === long);
  const whole = await last(ask(await serve({ kind: 'whole', text: long })));
  assert.ok(whole?.kind === 'end' && whole.answer.text === long);
});

test('twenty thousand chunks as fast as they can be sent: none is lost', async () => {
  const long = 'abcd'.repeat(20_000);
  const parts = await ask(await serve({ kind: 'chunks', text: long, size: 4 }));
  assert.equal(parts.length, 20_001);
  assert.equal(streamed(parts), long);
});
