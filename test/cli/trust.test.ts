import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { registryProject } from '#test/support/registry-project.ts';

test('a database that the project names is not opened without consent, and no secret is shown', async (t) => {
  const { cwd, run, good } = await registryProject(
    t,
    'registry: postgres://app:${env:DB_PASSWORD}@127.0.0.1:1/x\n',
  );
  await writeFile(join(cwd, '.env'), 'DB_PASSWORD=Secr3tCanary\n');
  const untrusted = await run('list', '--published');
  assert.equal(untrusted.code, 2);
  assert.match(untrusted.stderr, /allow it with `promptsmith trust postgres:\/\/127\.0\.0\.1:1`/);
  assert.match(await good('trust', 'postgres://127.0.0.1:1'), /DB_PASSWORD may now go to/);
  const gone = await run('list', '--published');
  assert.match(gone.stderr, /postgres:\/\/app@127\.0\.0\.1:1\/x does not answer \(ECONNREFUSED\)/);
  assert.doesNotMatch(untrusted.stderr + gone.stderr, /Secr3tCanary/);
  await writeFile(join(cwd, '.env'), '');
  assert.match((await run('list', '--published')).stderr, /needs DB_PASSWORD: set it/);
});

test('a provider that the project moves gets its key only with consent', async (t) => {
  const settings = 'providers: { openai: { baseUrl: "https://gateway.example/v1" } }\n';
  const { cwd, good, run } = await registryProject(t, settings);
  assert.match(
    await good('trust', 'https://gateway.example'),
    /may now go to https:\/\/gateway\.example from/,
  );
  const stored = await readFile(join(cwd, '.config/promptsmith/trust.json'), 'utf8');
  assert.match(stored, /https:\/\/gateway\.example/);
  const other = await run('trust', 'https://other.example');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /no provider in \.promptsmith\.yaml is at https:\/\/other\.example/);
});

test('wrong arguments are refused', async (t) => {
  const { run } = await registryProject(t);
  for (const [args, message] of [
    [[], /trust takes one ORIGIN/],
    [['a', 'b'], /trust takes one ORIGIN/],
    [['gateway'], /gateway is not an address that starts with https/],
    [['postgres://db.example:5432'], /the registry in \.promptsmith\.yaml is not at/],
  ] as const) {
    const { code, stdout, stderr } = await run('trust', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
