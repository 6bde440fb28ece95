import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS } from '#core/eval/checks/index.ts';
import { read, sourceFiles } from '../../../repo/source-files.ts';

const FOLDER = 'core/eval/checks';

test('every family of checks has a test file of its name', () => {
  const imported = [...read(`${FOLDER}/index.ts`).matchAll(/from '\.\/([a-z-]+)\.ts'/g)];
  const families = imported.map(([, name]) => name).filter((name) => name !== 'check');
  assert.ok(families.length > 0 && families.length <= CHECKS.length);
  const tests = sourceFiles(`test/${FOLDER}`);
  assert.deepEqual(
    families.filter((name) => !tests.includes(`test/${FOLDER}/${name}.test.ts`)),
    [],
  );
});
