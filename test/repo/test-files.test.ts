import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fastTests, selectedTests, testArguments, testFiles } from '../../scripts/test-files.mjs';

const rooms = ['test/core', 'test/repo'];

test('the slow tests are run by `npm test` and left out by `npm run check`', () => {
  const slow = testFiles(rooms, '.slow.test.ts');
  assert.ok(slow.length > 10);
  const all = selectedTests([]);
  assert.deepEqual(
    slow.filter((file) => !all.includes(file)),
    [],
  );
  assert.deepEqual(
    fastTests(rooms),
    selectedTests(rooms).filter((file) => !slow.includes(file)),
  );
});

test('only a test that `check` would run is called slow', () => {
  const elsewhere = testFiles(['test'], '.slow.test.ts').filter(
    (file) => !rooms.some((room) => file.startsWith(`${room}/`)),
  );
  assert.deepEqual(elsewhere, []);
});

test('every test file is run in one process, together with its neighbours', () => {
  const files = selectedTests([]);
  const modules = testArguments([]).filter((arg) => !arg.startsWith('--'));
  const started = modules.flatMap((path) =>
    path.endsWith('.test.ts')
      ? [path]
      : files.filter((file) => readFileSync(path, 'utf8').includes(`${JSON.stringify(file)},`)),
  );
  assert.deepEqual(started.sort(), files);
  const folders = files.map((file) => file.split('/').slice(0, -1).slice(0, 3).join('/'));
  assert.equal(modules.length, new Set(folders).size);
});
