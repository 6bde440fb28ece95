import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { KEY, opened, requestTo, serve } from '../../support/model-calls.ts';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
const given = NAMES.map((name) => [name, process.env[name]] as const);
after(() => setEnvironment(Object.fromEntries(given)));

function setEnvironment(values: Record<string, string | undefined>): void {
  for (const name of NAMES) {
    const value = values[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** A proxy that answers every request itself, refuses tunnels, and notes what it was asked for. */
async function openProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const event = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`);
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function call(origin: string): Promise<ModelPart | undefined> {
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: KEY }));
  opened.push(model);
  const parts: ModelPart[] = [];
  const signal = AbortSignal.timeout(5000);
  for await (const part of model.complete(requestTo({ origin } as never), signal)) parts.push(part);
  return parts.at(-1);
}

test('calls go through the proxy of the environment, in either spelling', async () => {
  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    const proxy = await openProxy();
    setEnvironment({ [name]: proxy.url });
    const end = await call('http://lab.example');
    assert.equal(end?.kind, 'end', JSON.stringify(end));
    assert.deepEqual(proxy.asked, ['POST http://lab.example/v1/chat/completions']);
  }
});

test('a proxy that refuses a tunnel is named, and its password is not', async () => {
  const proxy = await openProxy();
  setEnvironment({ HTTPS_PROXY: proxy.url.replace('http://', `http://ada:${KEY}@`) });
  const end = await call('https://lab.example');
  assert.ok(end?.kind === 'error', JSON.stringify(end));
  assert.match(end.error.message, /proxy/i);
  assert.ok(!end.error.message.includes(KEY), end.error.message);
  assert.deepEqual(proxy.asked, ['CONNECT lab.example:443']);
});

test('NO_PROXY and this machine are called directly', async () => {
  const proxy = await openProxy();
  setEnvironment({ HTTP_PROXY: proxy.url, NO_PROXY: 'lab.invalid' });
  const server = await serve({ kind: 'stream', text: 'Hi' });
  assert.equal((await call(server.origin))?.kind, 'end');
  const end = await call('http://lab.invalid');
  assert.equal(end?.kind, 'error');
  assert.deepEqual(proxy.asked, []);
});
