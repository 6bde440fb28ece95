import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesGlob } from '#core/glob.ts';

test('every part of a choice counts', () => {
  const words = Array.from({ length: 30 }, (_, i) => `w${i}`);
  for (const word of words)
    assert.ok(matchesGlob(`${word}.yaml`, [`{${words.join(',')}}.yaml`]), word);
  assert.ok(!matchesGlob('w30.yaml', [`{${words.join(',')}}.yaml`]));
  for (const path of ['a/c.yaml', 'a/d.yaml', 'b/c.yaml', 'b/d.yaml'])
    assert.ok(matchesGlob(path, ['{a,b}/{c,d}.yaml']), path);
});

test('choices that multiply are cut off at 64', () => {
  const all = Array.from({ length: 128 }, (_, i) =>
    i.toString(2).padStart(7, '0').replaceAll('0', 'a').replaceAll('1', 'b'),
  );
  const found = all.filter((path) => matchesGlob(path, ['{a,b}'.repeat(7)])).length;
  assert.ok(found > 0 && found <= 64, String(found));
});

test('a star stays within a folder, two cross folders, a glob without a slash fits anywhere', () => {
  const table: [glob: string, path: string, fits: boolean][] = [
    ['*.yaml', 'a/b/c.yaml', true],
    ['a/*.yaml', 'a/c.yaml', true],
    ['a/*.yaml', 'a/b/c.yaml', false],
    ['a/**', 'a/b/c.yaml', true],
    ['a/', 'a/b/c.yaml', true],
    ['**/c.yaml', 'c.yaml', true],
    ['a/?.yaml', 'a/c.yaml', true],
    ['a/?.yaml', 'a/cc.yaml', false],
    ['./a/c.yaml', 'a/c.yaml', true],
    ['/c.yaml', 'a/c.yaml', false],
  ];
  for (const [glob, path, fits] of table)
    assert.equal(matchesGlob(path, [glob]), fits, `${glob} ${path}`);
});
