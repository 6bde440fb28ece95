import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { features } from '#server/features/index.ts';
import { root } from '../../scripts/process.mjs';

const files = readdirSync(join(root, 'server/features')).filter((name) => name !== 'index.ts');

test('every feature of the language server has a file of its own', () => {
  assert.equal(files.length, features.length);
});

for (const file of files) {
  const path = `test/server/features/${file.replace(/\.ts$/, '.test.ts')}`;
  test(`server/features/${file} has a test file of its name`, () => {
    assert.ok(existsSync(join(root, path)), `${path} is missing`);
  });
}
