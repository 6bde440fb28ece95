import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { convertFile } from '#io/convert-file.ts';
import { readDotenv } from '#io/models/read-dotenv.ts';
import { folderWith } from '#test/support/cli.ts';

test('a file is converted if its encoding is certain, on a guess only if asked, and else left alone', async (t) => {
  const file = join(await folderWith(t, {}), 'cases.csv');
  const text = 'name\nMüller\n';
  for (const [bytes, safe, all] of [
    [Buffer.from(`\ufeff${text}`, 'utf16le'), true, true],
    [Buffer.from(text, 'utf16le'), false, true],
    [Buffer.from(text, 'latin1'), false, true],
    [Buffer.from(text), false, false],
    [Buffer.concat([Buffer.from(text), Buffer.of(0xfc)]), false, false],
  ] as const)
    for (const [guesses, expected] of [
      [false, safe],
      [true, all],
    ] as const) {
      await writeFile(file, bytes);
      assert.equal(await convertFile(file, { guesses }), expected);
      assert.deepEqual(await readFile(file), expected ? Buffer.from(text) : bytes);
    }
  assert.equal(await convertFile(`${file}.gone`, { guesses: true }), false);
});

test('a .env that is not UTF-8 is an error; a missing one has no variables', async (t) => {
  const root = await folderWith(t, {});
  assert.deepEqual([...(await readDotenv(root))], []);
  await writeFile(join(root, '.env'), '\ufeffKEY=abc\r\n', 'utf16le');
  await assert.rejects(readDotenv(root), /\.env is not UTF-8: line 1 looks like UTF-16 LE/);
  await writeFile(join(root, '.env'), '\ufeffKEY=abc\r\n');
  assert.deepEqual([...(await readDotenv(root))], [['KEY', 'abc']]);
});
