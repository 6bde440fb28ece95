import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import { listModels } from '#app/models/list-models.ts';
import type { ModelError, ModelPart } from '#core/eval/model.ts';
import { findProxy, type Network, pickProxies } from '#io/models/network.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { KEY, opened, requestTo, serve } from '../../support/model-calls.ts';

const PASSWORD = 'parole-77 3f';

/** Counted from the call: a signal of the whole file would run out while other files are tested. */
const soon = () => AbortSignal.timeout(20_000);

const read = (name: string) =>
  readFileSync(new URL(`../../support/certificates/${name}.pem`, import.meta.url), 'utf8');

async function listen(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  opened.push({ close });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answer(response: http.ServerResponse): void {
  const event = { choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }] };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.end(`data: ${JSON.stringify(event)}\n\ndata: [DONE]\n\n`);
}

interface Proxy {
  readonly place: string;
  readonly asked: string[];
}

/** A proxy that answers plain requests itself, and tunnels as `tunnel` says: to a place, or a refusal. */
async function openProxy(tunnel = '502 Bad Gateway', plain = answer): Promise<Proxy> {
  const asked: string[] = [];
  const note = ({ method, url, headers }: http.IncomingMessage) =>
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? '-'}`);
  const server = http.createServer((request, response) => {
    note(request);
    plain(response);
  });
  server.on('connect', (request, socket) => {
    note(request);
    if (!tunnel.includes(':')) return socket.end(`HTTP/1.1 ${tunnel}\r\n\r\n`);
    const [host = '', port] = tunnel.split(':');
    const there = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
    for (const end of [there, socket]) end.on('error', () => there.destroy());
    return undefined;
  });
  return { place: await listen(server), asked };
}

async function call(origin: string, network: Network): Promise<ModelPart | undefined> {
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: KEY, network }));
  opened.push(model);
  const parts: ModelPart[] = [];
  for await (const part of model.complete(requestTo({ origin } as never), soon())) parts.push(part);
  return parts.at(-1);
}

/** The error of a call, which listing models ends in, too. */
async function fail(origin: string, network: Network): Promise<ModelError> {
  const end = await call(origin, network);
  assert.ok(end?.kind === 'error', JSON.stringify(end));
  const list = await listModels({ baseUrl: `${origin}/v1`, key: KEY, network }, soon());
  assert.ok('error' in list);
  assert.equal(list.error.message, end.error.message);
  const basic = Buffer.from(`ada:${PASSWORD}`).toString('base64');
  for (const secret of [KEY, PASSWORD, encodeURIComponent(PASSWORD), basic])
    assert.ok(!end.error.message.includes(secret), end.error.message);
  return end.error;
}

/** The address of a proxy, with its user. */
const withUser = (place: string) => `http://ada:${encodeURIComponent(PASSWORD)}@${place}`;

test('plain calls go through the proxy of the environment, in either spelling', async () => {
  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    const { place, asked } = await openProxy();
    for (const value of [`http://${place}`, place]) {
      const end = await call('http://lab.example', { proxies: pickProxies({ [name]: value }) });
      assert.equal(end?.kind, 'end', JSON.stringify(end));
    }
    const line = 'POST http://lab.example/v1/chat/completions -';
    assert.deepEqual(asked, [line, line]);
  }
});

test('a call with TLS goes through a tunnel that takes a password, and the proxy sees nothing of it', async () => {
  let seen = '';
  const cert = read('other-host');
  const server = https.createServer({ key: read('test-key'), cert }, (request, response) => {
    seen = `${request.headers.host} ${request.headers['proxy-authorization']} ${request.headers.authorization}`;
    answer(response);
  });
  const { place, asked } = await openProxy(await listen(server));
  const network = {
    proxies: pickProxies({ HTTPS_PROXY: withUser(place) }),
    ca: read('authority'),
  };
  const end = await call('https://other.example', network);
  assert.equal(end?.kind, 'end', JSON.stringify(end));
  assert.equal(seen, `other.example undefined Bearer ${KEY}`);
  const basic = Buffer.from(`ada:${PASSWORD}`).toString('base64');
  assert.deepEqual(asked, [`CONNECT other.example:443 Basic ${basic}`]);
});

test('a proxy that refuses says so itself, without its password', async () => {
  const echo = (response: http.ServerResponse) =>
    response.writeHead(407).end(`<title>No</title><p>${withUser('x')} ${PASSWORD}`);
  const table: [scheme: string, tunnel: string, kind: string, message: RegExp][] = [
    [
      'http',
      '',
      'not-found',
      /^the proxy http:\/\/127\.\S+ wants a user and a password in HTTP_PROXY, as user:password@ before its host \(407\): 407 No\. /,
    ],
    [
      'https',
      '407 No',
      'not-found',
      /^the proxy http:\/\/127\.\S+ wants a user and a password in HTTPS_PROXY, as user:password@ before its host \(407\)$/,
    ],
    ['https', '403 Blocked', 'not-found', /makes no connection to https:\/\/lab\.example \(403\)$/],
    ['https', '502 Bad', 'network', /makes no connection to https:\/\/lab\.example \(502\)$/],
  ];
  for (const [scheme, tunnel, kind, message] of table) {
    const { place } = await openProxy(tunnel, echo);
    const proxies = pickProxies({ HTTP_PROXY: withUser(place), HTTPS_PROXY: withUser(place) });
    const error = await fail(`${scheme}://lab.example`, { proxies });
    assert.match(error.message, message);
    assert.equal(error.kind, kind);
  }
});

test('a body in which a proxy repeats what it was sent has no password', async () => {
  const basic = Buffer.from(`ada:${PASSWORD}`).toString('base64');
  const { place } = await openProxy('', (response) =>
    response.writeHead(403).end(`Blocked by policy for ${basic} ${PASSWORD}`),
  );
  const proxies = pickProxies({ HTTP_PROXY: withUser(place) });
  const error = await fail('http://lab.example', { proxies });
  assert.match(error.message, /Blocked by policy for \[key\] \[key\]$/);
});

test('a proxy that is not there, or that cannot be followed, is named', async () => {
  const { place } = await openProxy();
  const gone = http.createServer();
  const nowhere = await listen(gone);
  gone.close();
  const down = { proxies: pickProxies({ HTTPS_PROXY: `http://${nowhere}` }) };
  const error = await fail('https://lab.example', down);
  assert.equal(
    error.message,
    `the proxy http://${nowhere} cannot be reached (ECONNREFUSED): is HTTPS_PROXY right?`,
  );
  assert.equal(error.kind, 'network');
  for (const value of [`socks5://ada:${PASSWORD.replace(' ', '')}@${place}`, 'http://a b']) {
    const socks = await fail('https://lab.invalid', {
      proxies: pickProxies({ HTTPS_PROXY: value }),
    });
    assert.match(
      socks.message,
      /lab\.invalid cannot be reached .* HTTPS_PROXY is not followed: it is no http/,
    );
  }
  const proxies = pickProxies({ HTTP_PROXY: place });
  const old = (version: string) => findProxy('http://lab.example', { proxies }, version)?.obstacle;
  assert.match(old('22.15.0') ?? '', /Node 22\.15\.0 does not; Node 22\.21 does/);
  assert.deepEqual(['22.21.0', '24.5.0', '26.0.0'].map(old), [null, null, null]);
  assert.ok(old('24.4.1') && old('23.11.0'));
});

test('NO_PROXY and this machine are called directly', async () => {
  const { place, asked } = await openProxy();
  const proxies = pickProxies({ HTTP_PROXY: `http://${place}`, NO_PROXY: 'lab.invalid' });
  const server = await serve({ kind: 'stream', text: 'Hi' });
  assert.equal((await call(server.origin, { proxies }))?.kind, 'end');
  const error = await fail('http://lab.invalid', { proxies });
  assert.match(error.message, /^http:\/\/lab\.invalid cannot be reached/);
  assert.deepEqual(asked, []);
});

test('the proxies of this process are not followed unless they are given', async () => {
  const { place, asked } = await openProxy();
  const before = process.env.http_proxy;
  process.env.http_proxy = `http://${place}`;
  try {
    assert.equal((await call('http://lab.invalid', {}))?.kind, 'error');
  } finally {
    if (before === undefined) delete process.env.http_proxy;
    else process.env.http_proxy = before;
  }
  assert.deepEqual(asked, []);
});
