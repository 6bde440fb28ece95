import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { updatePrices } from '#app/models/update-prices.ts';
import { loadPriceList } from '#io/catalogue.ts';

test('prices are fetched through the proxy that is set, and one that is down is named', async (t) => {
  const { providers } = await loadPriceList(null);
  const asked: string[] = [];
  const proxy = http.createServer(({ url = '' }, response) => {
    asked.push(url);
    response.end(JSON.stringify(providers));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const place = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-prices-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'prices.json');
  const from = 'http://prices.invalid/data.json';
  const source = { from, path, date: '2026-12-01', network: { proxies: { http_proxy: place } } };
  const { signal } = new AbortController();
  assert.equal((await updatePrices(source, signal)).added.length, 0);
  assert.deepEqual(asked, [from]);
  assert.equal((await loadPriceList(path)).source, from);
  await assert.rejects(
    updatePrices({ ...source, from: 'http://ada:parole-77@prices.invalid/data.json' }, signal),
    /^UserError: The address of prices must have no user and no password in it\.$/,
  );
  assert.equal(asked.length, 1);

  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  await assert.rejects(
    updatePrices(source, signal),
    new RegExp(`The prices at ${from} cannot be used: the proxy ${place} cannot be reached`),
  );
  assert.equal((await loadPriceList(path)).source, from);
});
