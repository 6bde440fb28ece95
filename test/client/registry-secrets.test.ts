import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiKeys } from '#client/keys/api-keys.ts';
import { formatSecretKey, readRegistrySecrets } from '#client/keys/registry-secrets.ts';

const place = { origin: 'postgres://db.example', key: 'DB_USER,DB_PASSWORD', root: '/w' };

function keysWith(stored: Readonly<Record<string, string>>): ApiKeys {
  return { readAll: async () => new Map(Object.entries(stored)) } as unknown as ApiKeys;
}

test('the values entered for a registry are read for its origin only', async () => {
  const keys = keysWith({
    [formatSecretKey(place, 'DB_PASSWORD')]: 'entered',
    [formatSecretKey({ ...place, origin: 'postgres://other.example' }, 'DB_USER')]: 'other',
  });
  assert.deepEqual(await readRegistrySecrets(keys, place), { DB_PASSWORD: 'entered' });
});

test('what the environment sets is not replaced by an entered value', async (t) => {
  process.env.DB_PASSWORD = 'from the environment';
  t.after(() => delete process.env.DB_PASSWORD);
  const keys = keysWith({ [formatSecretKey(place, 'DB_PASSWORD')]: 'entered' });
  assert.deepEqual(await readRegistrySecrets(keys, place), {});
});
