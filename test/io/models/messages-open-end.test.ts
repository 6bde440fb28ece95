import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stream } from '../../support/interfaces/messages.ts';
import { ask, serve } from '../../support/model-calls.ts';

test('a server that keeps the connection open after its last word is not waited for', async () => {
  const bytes = stream({ blocks: [{ text: 'Hé' }] });
  const server = await serve({ kind: 'bytes', bytes, after: 'silence' });
  const connection = { api: 'messages', address: '' } as const;
  const options = { connection, idleMs: 20_000, signal: AbortSignal.timeout(10_000) };
  const last = (await ask(server, options)).at(-1);
  assert.equal(last?.kind === 'end' && last.answer.text, 'Hé');
});
