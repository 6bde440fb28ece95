import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findFolds } from '#server/features/folding-range.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('folding: keys, items, block scalars and comments', () => {
  const folds = findFolds(analysis).map(({ startLine, endLine }) => [startLine, endLine]);
  assert.deepEqual(folds, [
    [0, 1],
    [4, 6],
    [5, 6],
    [7, 16],
    [8, 13],
    [9, 13],
    [15, 16],
    [17, 20],
    [18, 19],
    [22, 24],
    [23, 24],
  ]);
});
