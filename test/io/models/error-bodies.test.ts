import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import zlib from 'node:zlib';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { KEY, opened, requestTo } from '../../support/model-calls.ts';

type Handler = (response: http.ServerResponse, request: http.IncomingMessage) => void;

async function start(handle: Handler): Promise<string> {
  const server = http.createServer((request, response) => {
    request.resume();
    handle(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  opened.push({ close });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function call(origin: string, signal: AbortSignal): Promise<ModelPart[]> {
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: KEY }));
  opened.push(model);
  const parts: ModelPart[] = [];
  for await (const part of model.complete(requestTo({ origin } as never), signal)) parts.push(part);
  return parts;
}

async function explain(handle: Handler): Promise<string> {
  const end = (await call(await start(handle), AbortSignal.timeout(30_000))).at(-1);
  assert.ok(end?.kind === 'error', JSON.stringify(end));
  assert.ok(!end.error.message.includes('canary'), end.error.message);
  return end.error.message;
}

const CODINGS: readonly [name: string, encode: (text: string) => Buffer][] = [
  ['gzip', zlib.gzipSync],
  ['X-GZIP', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['br', zlib.brotliCompressSync],
];

test('a compressed body is read, in an error and in an answer, although none is asked for', async () => {
  for (const [coding, encode] of CODINGS) {
    const said = await explain((response, { headers }) => {
      assert.equal(headers['accept-encoding'], 'identity');
      response.writeHead(400, { 'content-encoding': coding });
      response.end(encode(`{"error":{"message":"no seed for ${KEY}"}}`));
    });
    assert.match(said, /no seed for \[key\]$/, coding);
    const chunk = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
    const origin = await start((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': coding });
      response.end(encode(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`));
    });
    const parts = await call(origin, AbortSignal.timeout(10_000));
    assert.deepEqual(
      parts.map(({ kind }) => kind),
      ['text', 'end'],
      coding,
    );
  }
});

test('what a broken coding or a cut body said until then is shown', async () => {
  const whole = zlib.gzipSync('the seed is not supported here. '.repeat(50));
  const cut = await explain((response) => {
    response.writeHead(400, { 'content-encoding': 'gzip', 'content-length': whole.length });
    response.write(whole.subarray(0, whole.length - 9), () => response.destroy());
  });
  assert.match(cut, /400 the seed is not supported here\./);
  const plain = await explain((response) => {
    response.writeHead(422, { 'content-length': 1000 });
    response.write('field seed is not permitted', () => response.destroy());
  });
  assert.match(plain, /422 field seed is not permitted$/);
  const none = await explain((response) =>
    response.writeHead(400, { 'content-encoding': 'gzip' }).end('not compressed'),
  );
  assert.match(none, /400 not compressed$/);
});

test('an error in another encoding is read in it', async () => {
  const table: [type: string, bytes: Buffer][] = [
    ['text/plain; charset=ISO-8859-1', Buffer.from('nicht für Sie', 'latin1')],
    ['text/plain; charset="utf-16le"', Buffer.from('nicht für Sie', 'utf16le')],
    ['text/plain; charset=unheard-of', Buffer.from('nicht für Sie')],
  ];
  for (const [type, bytes] of table) {
    const said = await explain((response) =>
      response.writeHead(400, { 'content-type': type }).end(bytes),
    );
    assert.match(said, /400 nicht für Sie$/, type);
  }
});

test('a body that drips, or does not end, is read for a few seconds', async () => {
  const started = performance.now();
  const [drip, huge] = await Promise.all([
    explain((response) => {
      response.writeHead(400).write('seed is wrong ');
      const timer = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(timer));
    }),
    explain((response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write(' '.repeat(65_521)));
      };
      response.on('drain', more);
      more();
    }),
  ]);
  assert.match(drip, /400 seed is wrong \.\.\./);
  assert.match(huge, /500/);
  assert.ok(performance.now() - started < 15_000);
});

test('a bomb is no more than its beginning', async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(300_000_000, 'a '));
  const before = process.memoryUsage().rss;
  const said = await explain((response) =>
    response.writeHead(400, { 'content-encoding': 'gzip' }).end(bomb),
  );
  assert.match(said, /400 a a a/);
  const answer = await explain((response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
  );
  assert.match(answer, /too large/);
  assert.ok(process.memoryUsage().rss - before < 400_000_000);
});

test('no half of a key is left where a body is cut', async () => {
  for (let less = 1; less < KEY.length; less += 3) {
    const body = `${' '.repeat(256 * 1024 - less)}${KEY} ${'x'.repeat(100_000)}`;
    await explain((response) => response.writeHead(400).end(body));
  }
});

test('a cancel while an error comes ends the call at once', async () => {
  const stop = new AbortController();
  const origin = await start((response) => {
    response
      .writeHead(400)
      .write('seed', () => setImmediate(() => stop.abort(new Error('enough'))));
  });
  const started = performance.now();
  await assert.rejects(call(origin, stop.signal), /enough/);
  assert.ok(performance.now() - started < 2000);
});
