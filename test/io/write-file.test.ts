import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTextFile, writeTextFile } from '#io/write-file.ts';

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-write-'));

test('a file is replaced whole, keeps its permissions, and leaves nothing beside it', async () => {
  const path = join(folder, 'a', 'b', 'file.txt');
  await writeTextFile(path, 'one é');
  await chmod(path, 0o640);
  await writeTextFile(path, 'two', { isDurable: false });
  assert.equal(await readFile(path, 'utf8'), 'two');
  assert.equal((await stat(path)).mode & 0o777, 0o640);
  assert.deepEqual(await readdir(join(folder, 'a', 'b')), ['file.txt']);
});

test('who has the old file open reads that to its end', async (t) => {
  const path = join(folder, 'e', 'file.txt');
  await writeTextFile(path, 'old');
  const reader = await open(path);
  t.after(() => reader.close());
  await writeTextFile(path, 'new');
  assert.equal(await reader.readFile('utf8'), 'old');
  assert.equal(await readFile(path, 'utf8'), 'new');
});

test('a write that fails leaves the target and no temporary file', async () => {
  const path = join(folder, 'c', 'taken');
  await mkdir(path, { recursive: true });
  await assert.rejects(writeTextFile(path, 'x'));
  assert.deepEqual(await readdir(join(folder, 'c')), ['taken']);
});

test('of many writers that create one file, one wins and its text stays', async () => {
  const path = join(folder, 'd', 'one.txt');
  const texts = Array.from({ length: 20 }, (_, i) => `text ${i}`);
  const won = await Promise.all(texts.map((text) => createTextFile(path, text)));
  assert.equal(won.filter(Boolean).length, 1);
  assert.equal(await readFile(path, 'utf8'), texts[won.indexOf(true)]);
  assert.deepEqual(await readdir(join(folder, 'd')), ['one.txt']);
});
