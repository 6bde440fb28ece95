import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFileTokenizer } from '#io/tokenizer.ts';
import { tokenTable, tokenTables } from '../support/token-tables.ts';

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-tokens-'));
after(() => rm(folder, { recursive: true }));

test('a table is read once, when it is asked for', async () => {
  const tokenizer = createFileTokenizer(await tokenTables());
  assert.equal(tokenizer.loaded('cl100k_base'), null);
  const [first, second] = await Promise.all([
    tokenizer.load('cl100k_base'),
    tokenizer.load('cl100k_base'),
  ]);
  assert.equal(first, second);
  assert.equal(tokenizer.loaded('cl100k_base'), first);
  assert.equal(tokenizer.loaded('o200k_base'), null);
  assert.equal(first.count('hello world'), 2);
});

test('a missing table says which, and the next call tries again', async () => {
  const tokenizer = createFileTokenizer(folder);
  await assert.rejects(
    tokenizer.load('cl100k_base'),
    /cl100k_base\.bin could not be read.*install/s,
  );
  await writeFile(join(folder, 'cl100k_base.bin'), await tokenTable('cl100k_base'));
  assert.equal((await tokenizer.load('cl100k_base')).count('hello world'), 2);
});

test('a damaged table is refused', async () => {
  await writeFile(join(folder, 'o200k_base.bin'), 'nothing of use');
  const tokenizer = createFileTokenizer(folder);
  await assert.rejects(tokenizer.load('o200k_base'), /o200k_base is not a token table/);
  assert.equal(tokenizer.loaded('o200k_base'), null);
});
