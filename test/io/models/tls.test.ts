import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { test } from 'node:test';
import tls from 'node:tls';
import type { ModelError } from '#core/eval/model.ts';
import type { Network } from '#io/models/network.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { opened, requestTo } from '../../support/model-calls.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../support/certificates/${name}.pem`, import.meta.url));
/** Newer than the types of Node that are used here. */
const authorities = tls as unknown as {
  getCACertificates(type: 'default'): string[];
  setDefaultCACertificates(certificates: readonly string[]): void;
};

/** A key of these tests alone. */
const key = read('test-key');

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => new Promise((resolve) => server.close(resolve)) });
  return (server.address() as AddressInfo).port;
}

async function fail(origin: string, network: Network = {}): Promise<ModelError> {
  const model = createRemoteModel(() => ({ baseUrl: `${origin}/v1`, key: null, network }));
  opened.push(model);
  for await (const part of model.complete(
    requestTo({ origin } as never),
    AbortSignal.timeout(5000),
  )) {
    if (part.kind === 'error') return part.error;
  }
  return assert.fail('no error');
}

test('a fault of TLS names itself and is no passing failure', async () => {
  const table: [certificate: string, message: RegExp][] = [
    [
      'self-signed',
      /has a self-signed certificate: if it is yours, set NODE_EXTRA_CA_CERTS, or `promptsmith\.caFile`/,
    ],
    ['valid', /of an authority that this machine does not know: if it is yours, .*NODE_EXTRA/],
    ['expired', /has a certificate that has expired/],
    ['other-host', /has the certificate of another host name/],
  ];
  for (const [certificate, message] of table) {
    // Only of a certificate whose authority is known is the rest looked at.
    if (certificate === 'expired')
      authorities.setDefaultCACertificates([
        ...authorities.getCACertificates('default'),
        String(read('authority')),
      ]);
    const server = https.createServer({ key, cert: read(certificate) });
    const error = await fail(`https://127.0.0.1:${await listen(server)}`);
    assert.equal(error.kind, 'not-found', certificate);
    assert.match(error.message, message);
  }
});

test('an authority of the user is trusted beside those that are known', async () => {
  const server = https.createServer({ key, cert: read('self-signed') }, (_, response) => {
    response.writeHead(404).end('{"message":"trusted"}');
  });
  const origin = `https://127.0.0.1:${await listen(server)}`;
  const ca = String(read('self-signed'));
  assert.match((await fail(origin, { ca })).message, /: 404 trusted$/);
  const other = await fail(origin, { ca: String(read('authority')) });
  assert.match(other.message, /self-signed/);
  const known = https.createServer({ key, cert: read('valid') }, (_, response) => {
    response.writeHead(404).end('{"message":"known"}');
  });
  authorities.setDefaultCACertificates([
    ...authorities.getCACertificates('default'),
    String(read('authority')),
  ]);
  const place = `https://127.0.0.1:${await listen(known)}`;
  assert.match((await fail(place, { ca })).message, /: 404 known$/);
});

test('http to a port of TLS, and https to a plain port, say so', async () => {
  const secure = https.createServer({ key, cert: read('self-signed') });
  const toTls = await fail(`http://127.0.0.1:${await listen(secure)}`);
  const plain = http.createServer((_, response) => response.end('hello'));
  const toPlain = await fail(`https://127.0.0.1:${await listen(plain)}`);
  assert.match(toPlain.message, /does not speak TLS at this port: .*http:\/\//);
  assert.equal(toPlain.kind, 'not-found');
  // Nginx answers in words; Node closes the connection.
  const nginx = net.createServer((socket) =>
    socket.once('data', () =>
      socket.end(
        'HTTP/1.1 400 Bad Request\r\ncontent-type: text/html\r\n\r\n<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
      ),
    ),
  );
  const toNginx = await fail(`http://127.0.0.1:${await listen(nginx)}`);
  assert.match(toNginx.message, /speaks TLS at this port: .*https:\/\//);
  // An answer of another kind is no sign of TLS.
  const odd = net.createServer((socket) => socket.once('data', () => socket.end('hello\r\n\r\n')));
  const toOdd = await fail(`http://127.0.0.1:${await listen(odd)}`);
  assert.doesNotMatch(toOdd.message, /TLS/);
  assert.equal(toOdd.kind, 'network');
  const alert = net.createServer((socket) =>
    socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70]))),
  );
  const toAlert = await fail(`http://127.0.0.1:${await listen(alert)}`);
  assert.match(toAlert.message, /speaks TLS at this port/);
  assert.ok(toTls.kind === 'not-found' || toTls.kind === 'network');
});
