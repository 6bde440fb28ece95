import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { SpendingLedger } from '#io/spending-ledger.ts';
import { root } from '../../scripts/process.mjs';

const NOW = new Date('2026-11-21T09:30:00Z');
const A = { root: '/work/secret-project', what: 'eval' } as const;
const B = { root: '/work/other', what: 'playground' } as const;

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-ledger-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'state', 'promptsmith');
}

test('what is set aside counts until what was spent is known; projects count apart and together', async (t) => {
  const ledger = new SpendingLedger(await folderFor(t));
  assert.deepEqual(await ledger.sumMonth(A.root, NOW), { project: 0, user: 0 });
  const first = await ledger.reserve(A, 2, NOW);
  const second = await ledger.reserve(B, 5, NOW);
  assert.deepEqual(await ledger.sumMonth(A.root, NOW), { project: 2, user: 7 });
  assert.deepEqual(await ledger.sumMonth(A.root, NOW, first), { project: 0, user: 5 });
  await ledger.settle(first, 0.5, true, NOW);
  await ledger.settle(second, 0, true, NOW);
  assert.deepEqual(await ledger.sumMonth(A.root, NOW), { project: 0.5, user: 0.5 });
});

test('where the cost of some calls is unknown, the larger of what was set aside and spent counts', async (t) => {
  const ledger = new SpendingLedger(await folderFor(t));
  await ledger.settle(await ledger.reserve(A, 2, NOW), 0.5, false, NOW);
  await ledger.settle(await ledger.reserve(A, 2, NOW), 3, false, NOW);
  assert.equal((await ledger.sumMonth(A.root, NOW)).project, 5);
});

test('a month ends at midnight UTC; what was set aside in it is settled in it', async (t) => {
  const ledger = new SpendingLedger(await folderFor(t));
  const [before, after] = [new Date('2026-11-30T23:59:59Z'), new Date('2026-12-01T00:00:00Z')];
  const entry = await ledger.reserve(A, 2, before);
  assert.equal((await ledger.sumMonth(A.root, after)).project, 0);
  await ledger.settle(entry, 1, true, after);
  assert.equal((await ledger.sumMonth(A.root, before)).project, 1);
  assert.equal((await ledger.sumMonth(A.root, after)).project, 0);
});

test('broken lines lose nothing else, and no amount is negative', async (t) => {
  const folder = await folderFor(t);
  const ledger = new SpendingLedger(folder);
  const entry = await ledger.reserve(A, 2, NOW);
  const [name = ''] = await readdir(folder);
  const path = join(folder, name);
  const [line = ''] = (await readFile(path, 'utf8')).trim().split('\n');
  const wrong = (change: object) => `${JSON.stringify({ ...JSON.parse(line), ...change })}\n`;
  // The last one has no line break, as after a crash.
  await appendFile(
    path,
    `null\n[]\n{"id":1}\n${wrong({ usd: -5 })}${wrong({ usd: 'free' })}${wrong({ reserved: null })}${line.slice(0, 30)}`,
  );
  await ledger.reserve(A, 3, NOW);
  assert.equal((await ledger.sumMonth(A.root, NOW)).project, 5);
  await ledger.settle(entry, 1, true, NOW);
  assert.equal((await ledger.sumMonth(A.root, NOW)).project, 4);
});

test('only the owner can read it, and it names no path', async (t) => {
  const folder = await folderFor(t);
  await new SpendingLedger(folder).reserve(A, 2, NOW);
  const [name = ''] = await readdir(folder);
  assert.equal(name, 'spending-2026-11.jsonl');
  const path = join(folder, name);
  assert.doesNotMatch(await readFile(path, 'utf8'), /secret-project/);
  if (process.platform === 'win32') return;
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
});

test('a folder that cannot be made rejects with the system’s error', async (t) => {
  const folder = await folderFor(t);
  await writeFile(join(folder, '..', '..', 'file'), '');
  const ledger = new SpendingLedger(join(folder, '..', '..', 'file', 'below'));
  await assert.rejects(ledger.reserve(A, 2, NOW), { code: 'ENOTDIR' });
  if (process.platform !== 'linux') return;
  // Node's recursive mkdir never returns there.
  await assert.rejects(new SpendingLedger('/proc/none/promptsmith').reserve(A, 2, NOW), {
    code: 'ENOENT',
  });
});

test('several processes write at once, and every line arrives', async (t) => {
  const folder = await folderFor(t);
  const module = pathToFileURL(join(root, 'io/spending-ledger.ts')).href;
  const program = `
    const { SpendingLedger } = await import(${JSON.stringify(module)});
    const ledger = new SpendingLedger(${JSON.stringify(folder)});
    const now = new Date(${NOW.getTime()});
    for (let i = 0; i < 50; i++) {
      const entry = await ledger.reserve(${JSON.stringify(A)}, 100, now);
      await ledger.settle(entry, 1, true, now);
    }`;
  const run = promisify(execFile);
  await Promise.all(
    Array.from({ length: 4 }, () =>
      run(process.execPath, ['--input-type=module', '-e', program], { cwd: root }),
    ),
  );
  assert.equal((await new SpendingLedger(folder).sumMonth(A.root, NOW)).project, 200);
});
