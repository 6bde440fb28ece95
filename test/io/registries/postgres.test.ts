import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PostgresRegistry } from '#io/registries/postgres.ts';
import { type PostgresServer, startPostgres } from '#test/support/postgres-server.ts';
import { moveTo, publishSample, refusal } from '#test/support/registry.ts';
import { registryContract, rememberAddress } from '#test/support/registry-contract.ts';
import { missingPostgres } from '../../../scripts/postgres.mjs';

const skip = missingPostgres() ?? false;

let server: PostgresServer;
before(async () => {
  if (skip) return;
  server = await startPostgres();
});
after(async () => {
  await server?.remove();
});

const open = (url: string) => rememberAddress(new PostgresRegistry(url), url);

registryContract({
  name: 'PostgreSQL',
  skip,
  address: () => server.database(),
  open: async (address) => open(address),
});

test('a wrong password, database or address is said, without the password', { skip }, async () => {
  const url = await server.database();
  const { password } = new URL(url);
  const cases = [
    [url.replace(password, 'Wr0ngSecret'), 'denied', /rejected the user or the password/],
    [url.replace(password, ''), 'denied', /rejected the user or the password/],
    [url.replace(/\/db\d+/, '/nothing'), 'missing', /the database does not exist/],
    ['postgres://owner:Wr0ngSecret@127.0.0.1:1/db', 'unreachable', /does not answer/],
  ] as const;
  for (const [address, kind, message] of cases) {
    const registry = open(address);
    await assert.rejects(registry.list(), (error: Error) => {
      assert.doesNotMatch(`${error.message} ${error.stack}`, /Wr0ngSecret/);
      assert.equal(error.message.includes(password), false);
      return refusal(kind, message)(error);
    });
    assert.equal(registry.address.includes(password), false);
    await registry.close();
  }
  for (const bad of ['postgres://', 'postgres://h', 'nonsense'])
    assert.throws(() => new PostgresRegistry(bad), refusal('invalid'));
});

test('the environment gives no password', { skip }, async (t) => {
  const url = await server.database();
  const { password } = new URL(url);
  process.env.PGPASSWORD = password;
  t.after(() => delete process.env.PGPASSWORD);
  const registry = open(url.replace(password, ''));
  t.after(() => registry.close());
  await assert.rejects(registry.list(), refusal('denied'));
});

test('a server that stops in the middle loses nothing that was published', { skip }, async (t) => {
  const url = await server.database();
  const registry = open(url);
  t.after(() => registry.close());
  await publishSample(registry, 'a', '1.0.0', null);
  const stopped = server.stop();
  // Whatever moment it hits: each publication is there whole, or not at all.
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => publishSample(registry, `p${i}`, '1.0.0', null)),
  );
  await stopped;
  await assert.rejects(registry.list(), refusal('unreachable', /does not answer/));
  await server.start();
  const names = new Set((await registry.list()).map(({ name }) => name));
  assert.ok(names.has('a'));
  for (const [i, { status }] of results.entries()) {
    if (status === 'fulfilled') assert.ok(names.has(`p${i}`), `p${i} was published`);
    if (names.has(`p${i}`)) await registry.bundle(`p${i}`, '1.0.0');
  }
  await publishSample(registry, 'a', '1.1.0', '1.0.0');
});

test('who waits for news is told once when the connection breaks, and not when it is closed', {
  skip,
}, async (t) => {
  const url = await server.database();
  const registry = open(url);
  t.after(() => registry.close());
  let losses = 0;
  let lost = () => {};
  const broken = new Promise<void>((resolve) => {
    lost = resolve;
  });
  await registry.watch(
    () => {},
    () => {
      losses++;
      lost();
    },
  );
  const stop = await registry.watch(
    () => {},
    () => {
      losses += 100;
    },
  );
  stop();
  await server.stop();
  await broken;
  await server.start();
  await registry.list();
  assert.equal(losses, 1);
});

test('a schema of a newer Promptsmith is refused and left as it is', { skip }, async (t) => {
  const url = await server.database();
  const first = open(url);
  await publishSample(first, 'a', '1.0.0', null);
  await first.close();
  await server.sql(url, 'insert into promptsmith.migrations (id) values (99)');
  const registry = open(url);
  t.after(() => registry.close());
  await assert.rejects(registry.list(), refusal('newer', /newer Promptsmith \(schema 99\)/));
  await assert.rejects(publishSample(registry, 'b', '1.0.0', null), refusal('newer'));
  const rows = await server.sql(url, 'select name from promptsmith.versions');
  assert.deepEqual(rows, [{ name: 'a' }]);
});

test('many at once set up an empty database once', { skip }, async (t) => {
  const url = await server.database();
  const all = Array.from({ length: 8 }, () => open(url));
  t.after(() => Promise.all(all.map((registry) => registry.close())));
  assert.deepEqual(
    await Promise.all(all.map((registry) => registry.list())),
    all.map(() => []),
  );
  const rows = await server.sql(url, 'select id from promptsmith.migrations');
  assert.deepEqual(rows, [{ id: 1 }]);
});

test('the documented roles read, publish, and change nothing that is there', {
  skip,
}, async (t) => {
  const url = await server.database();
  const owner = open(url);
  t.after(() => owner.close());
  await publishSample(owner, 'a', '1.0.0', null);
  const { readFile } = await import('node:fs/promises');
  const { root } = await import('../../../scripts/process.mjs');
  const guide = await readFile(`${root}/docs/registry.md`, 'utf8');
  const grants = /```sql\n(.*?)```/s.exec(guide)?.[1] ?? '';
  await server.sql(url, grants);
  await server.sql(
    url,
    "alter role promptsmith_reader login password 'r'; alter role promptsmith_publisher login password 'p'",
  );
  const as = (user: string, password: string) => {
    const own = new URL(url);
    own.username = user;
    own.password = password;
    return own.href;
  };
  const reader = open(as('promptsmith_reader', 'r'));
  const publisher = open(as('promptsmith_publisher', 'p'));
  t.after(() => Promise.all([reader.close(), publisher.close()]));
  assert.equal((await reader.list()).length, 1);
  await assert.rejects(
    publishSample(reader, 'b', '1.0.0', null),
    refusal('denied', /lacks the permission/),
  );
  await publishSample(publisher, 'a', '1.1.0', '1.0.0');
  await publisher.move('a', 'production', 1, moveTo('1.1.0', null));
  for (const statement of [
    'delete from promptsmith.versions',
    "update promptsmith.moves set label = 'x'",
    'drop table promptsmith.evals cascade',
  ])
    await assert.rejects(server.sql(as('promptsmith_publisher', 'p'), statement), /denied|owner/);
});
