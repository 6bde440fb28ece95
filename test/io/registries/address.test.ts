import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPostgresOrigin } from '#io/registries/address.ts';

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
