import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';

test('docs/rules has a page of each rule and of no other', () => {
  const pages = readdirSync(new URL('../../docs/rules/', import.meta.url)).sort();
  const wanted = ['README.md', ...rules.map(({ id }) => `${id}.md`)].sort();
  assert.deepEqual(pages, wanted, 'remove the page of a rule that is gone');
});

for (const file of ['.npmignore', '.vscodeignore'])
  test(`the pages of rules ship: ${file}`, () => {
    const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n');
    assert.ok(lines.includes('!docs/rules/*.md'));
  });
