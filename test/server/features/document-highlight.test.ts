import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHighlights } from '#server/features/document-highlight.ts';
import { analyze } from '#test/support/analysis.ts';
import { MARKED_VARIABLES } from '#test/support/sample-prompts.ts';

test('a variable is highlighted as written where it gets a value, and as read where it is used', () => {
  const { analysis, cursor } = analyze(MARKED_VARIABLES);
  assert.equal(findHighlights(analysis, cursor).length, 9);
  assert.deepEqual(
    findHighlights(analysis, cursor).map(({ kind }) => kind),
    [3, 2, 2, 2, 3, 2, 3, 2, 2],
  );
});

test('nothing is highlighted beside a variable', () => {
  const { analysis, cursor } = analyze('messages:\n  - content: "{{a}} te$0xt"\n');
  assert.deepEqual(findHighlights(analysis, cursor), []);
});
