import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  checkRegistryNeeds,
  findPostgresOrigin,
  openRegistry,
  type RegistrySources,
} from '#io/registries/address.ts';
import { folderWith } from '#test/support/cli.ts';
import { refusal } from '#test/support/registry.ts';

test('the origin of a database is where its driver goes, or there is none', () => {
  const origins: Record<string, string | null> = {
    'postgres://user:secret@DB.example/prompts': 'postgres://db.example:5432',
    'postgresql://db.example:6432/prompts': 'postgres://db.example:6432',
    'postgres://localhost/prompts?host=/run/postgresql': 'postgres://localhost:5432',
    'postgres://localhost/prompts?host=elsewhere.example': null,
    'postgres://db.example/prompts?host=/run/postgresql': null,
    'postgres://db.example/prompts?port=6432': null,
    'postgres:///prompts': null,
    'https://db.example/prompts': null,
    registry: null,
  };
  for (const [address, origin] of Object.entries(origins))
    assert.equal(findPostgresOrigin(address), origin, address);
});

test('a database that a project names is opened after consent only, the user’s own at once', async (t) => {
  const root = await folderWith(t, {});
  const env = { XDG_CONFIG_HOME: join(root, '.config') };
  const sources = { root, setting: 'postgres://db.example/prompts', env };
  const consent = { root, origin: 'postgres://db.example:5432', key: '' };
  const needs = async (more: Partial<RegistrySources> = {}) =>
    (await checkRegistryNeeds({ ...sources, ...more })).consent;
  assert.deepEqual(await needs(), consent);
  await assert.rejects(openRegistry(sources), refusal('denied', /promptsmith trust postgres:/));
  for (const other of [
    { ...consent, root: '/else' },
    { ...consent, origin: 'postgres://evil.example:5432' },
    { ...consent, key: 'PGPASSWORD' },
  ])
    assert.deepEqual(await needs({ consents: [other] }), consent);
  assert.deepEqual(await needs({ trusted: ['postgres://evil.example/prompts'] }), consent);
  assert.equal(await needs({ consents: [consent] }), null);
  assert.equal(await needs({ trusted: ['postgres://db.example/other'] }), null);
  assert.equal(await needs({ own: 'postgres://db.example/prompts' }), null);
});
