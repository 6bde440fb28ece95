import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createFile, replaceFile, withLock } from '#io/registries/exclusive-file.ts';
import { folderWith } from '#test/support/cli.ts';
import { refusal } from '#test/support/registry.ts';

/** Milliseconds to wait for a lock, and a limit for tests that would wait for ever. */
const SHORT = 20;
const LIMITED = { timeout: 10_000 };
const host = hostname();

async function newPath(t: TestContext): Promise<string> {
  return join(await folderWith(t, {}), 'sub/lock');
}

/** The lock file that somebody holds. */
async function held(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

async function deadProcess(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  return child.pid;
}

test('a file is created once, and replaced as a whole', async (t) => {
  const path = await newPath(t);
  assert.equal(await createFile(path, 'first'), true);
  assert.equal(await createFile(path, 'second'), false);
  assert.equal(await readFile(path, 'utf8'), 'first');
  await replaceFile(path, 'third');
  assert.equal(await readFile(path, 'utf8'), 'third');
  assert.deepEqual(await readdir(join(path, '..')), ['lock']);
});

test('of many at once one creates the file', async (t) => {
  const path = await newPath(t);
  const created = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => ((await createFile(path, String(i))) ? i : null)),
  );
  const winners = created.filter((i) => i !== null);
  assert.equal(winners.length, 1);
  assert.equal(await readFile(path, 'utf8'), String(winners[0]));
});

test('actions under one lock run one after the other, and leave no lock', async (t) => {
  const path = await newPath(t);
  let running = 0;
  const results = await Promise.all(
    Array.from({ length: 5 }, (_, i) =>
      withLock(path, async () => {
        assert.equal(++running, 1);
        await readdir(join(path, '..'));
        running--;
        return i;
      }),
    ),
  );
  assert.deepEqual(results, [0, 1, 2, 3, 4]);
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test(
  'a lock of a living process, or of another machine, is waited for, then given up on',
  LIMITED,
  async (t) => {
    const path = await newPath(t);
    for (const holder of [
      { pid: process.ppid, host },
      { pid: await deadProcess(), host: `${host}-other` },
    ]) {
      const text = JSON.stringify(holder);
      await held(path, text);
      let hasRun = false;
      const action = async () => {
        hasRun = true;
      };
      await assert.rejects(
        withLock(path, action, SHORT),
        refusal('busy', /locked by another process/),
      );
      assert.equal(hasRun, false);
      assert.equal(await readFile(path, 'utf8'), text);
    }
  },
);

test('a lock of a dead process, or one that is old, is taken over', LIMITED, async (t) => {
  const path = await newPath(t);
  const run = (patience?: number) => withLock(path, async () => 'done', patience);
  await held(path, JSON.stringify({ pid: await deadProcess(), host }));
  assert.equal(await run(), 'done');
  for (const text of [JSON.stringify({ pid: 1, host: `${host}-other` }), '{"pid":']) {
    await held(path, text);
    await assert.rejects(run(SHORT), refusal('busy'));
    const old = Date.now() / 1000 - 61;
    await utimes(path, old, old);
    assert.equal(await run(), 'done', text);
  }
  assert.deepEqual(await readdir(join(path, '..')), []);
});

test('a lock that somebody else has taken meanwhile is left to them', async (t) => {
  const path = await newPath(t);
  const other = JSON.stringify({ pid: process.ppid, host });
  await withLock(path, async () => {
    await rm(path);
    await writeFile(path, other);
  });
  assert.equal(await readFile(path, 'utf8'), other);
});
