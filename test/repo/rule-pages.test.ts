import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { rules } from '#core/rules/index.ts';

test('docs/rules has a page of each rule and of no other', () => {
  const pages = readdirSync(new URL('../../docs/rules/', import.meta.url)).sort();
  const wanted = ['README.md', ...rules.map(({ id }) => `${id}.md`)].sort();
  assert.deepEqual(pages, wanted, 'remove the page of a rule that is gone');
});
