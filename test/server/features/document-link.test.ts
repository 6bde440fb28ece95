import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLinks } from '#server/features/document-link.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('links: test files and the schema, no globs', () => {
  assert.deepEqual(
    findLinks(analysis).map(({ target }) => target),
    ['file:///w/more.csv', 'https://x.example/s.json'],
  );
});
