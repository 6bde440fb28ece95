import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Memento, SecretStorage } from 'vscode';
import { ApiKeys } from '#client/keys/api-keys.ts';

function storage() {
  const secrets = new Map<string, string>();
  const memory = new Map<string, unknown>();
  const keys = new ApiKeys(
    {
      get: async (name: string) => secrets.get(name),
      store: async (name: string, value: string) => void secrets.set(name, value),
      delete: async (name: string) => void secrets.delete(name),
    } as unknown as SecretStorage,
    {
      get: (name: string, fallback: unknown) => memory.get(name) ?? fallback,
      update: async (name: string, value: unknown) => void memory.set(name, value),
    } as unknown as Memento,
  );
  return { keys, secrets, memory };
}

test('a key is bound to its origin, replaced and removed; nothing is left behind', async () => {
  const { keys, secrets, memory } = storage();
  await keys.store('https://a.example', 'one');
  await keys.store('https://b.example', 'two');
  await keys.store('https://a.example', 'three');
  assert.deepEqual(Object.fromEntries(await keys.readAll()), {
    'https://a.example': 'three',
    'https://b.example': 'two',
  });
  await keys.remove('https://a.example');
  await keys.remove('https://b.example');
  assert.equal(secrets.size, 0);
  assert.equal(memory.size, 0, 'keys are stored as secrets only');
});

test('consents add up', async () => {
  const { keys } = storage();
  const consent = { origin: 'https://a.example', key: 'A', root: '/w' };
  assert.deepEqual(keys.consents, []);
  await keys.allow(consent);
  await keys.allow({ ...consent, root: '/x' });
  assert.deepEqual(
    keys.consents.map(({ root }) => root),
    ['/w', '/x'],
  );
});
