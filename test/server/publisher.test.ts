import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Connection } from 'vscode-languageserver';
import type { Documents } from '#server/documents.ts';
import { Publisher } from '#server/publisher.ts';
import { analyze } from '#test/support/analysis.ts';

test('requests of the client delay diagnostics, but only for a short time', async () => {
  const { analysis } = analyze('messages: []\n');
  const published: number[] = [];
  let askedAt = Infinity;
  const connection = { sendDiagnostics: async () => {} } as unknown as Connection;
  const documents = { analysis: () => analysis, version: () => 1 } as unknown as Documents;
  const publisher = new Publisher(connection, documents, {
    rulePage: null,
    isReady: () => true,
    published: () => published.push(performance.now()),
    askedAt: () => Math.min(askedAt, performance.now()),
  });
  const start = performance.now();
  publisher.schedule(analysis.uri);
  await publisher.idle();
  assert.ok((published[0] ?? 0) - start >= 200);
  askedAt = -Infinity;
  publisher.schedule(analysis.uri);
  await new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
  assert.equal(published.length, 2);
});
