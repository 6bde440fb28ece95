import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/process.mjs';
import { read } from './source-files.ts';

const pictures = [...read('README.md').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)].map(
  ([, words = '', path = '']) => ({ words, path }),
);

test('the pictures of the README say in words what they show', () => {
  assert.ok(pictures.length >= 3);
  assert.deepEqual(
    pictures.filter(({ words }) => words.length < 40),
    [],
  );
});

test('they are those in docs/images, and none is large', () => {
  const files = readdirSync(join(root, 'docs/images')).map((name) => `docs/images/${name}`);
  assert.deepEqual(pictures.map(({ path }) => path).sort(), files.sort());
  assert.deepEqual(
    files.filter((file) => statSync(join(root, file)).size >= 300_000),
    [],
  );
});
