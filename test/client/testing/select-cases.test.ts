import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excludeCases, groupByPrompt } from '#client/testing/select-cases.ts';

/** Prompts are `a`, `b`; their cases are `a/1`, `a/2` … */
const tree = {
  parentOf: (item: string) => (item.includes('/') ? item[0] : undefined),
  idOf: (item: string) => item.split('/')[1],
};

test('selected cases are grouped by prompt; a selected prompt means all of its cases', () => {
  const groups = groupByPrompt(['a/1', 'b', 'a/2', 'b/7'], tree);
  assert.deepEqual(
    [...groups],
    [
      ['a', new Set(['1', '2'])],
      ['b', null],
    ],
  );
  assert.deepEqual([...groupByPrompt(['c/1', 'c'], tree)], [['c', null]]);
});

test('excluded cases are left out of the selected ones, or of all', () => {
  const cases = ['a/1', 'a/2', 'a/3'];
  const isExcluded = (item: string) => item === 'a/2';
  assert.deepEqual(excludeCases(null, cases, isExcluded, tree), new Set(['1', '3']));
  assert.deepEqual(excludeCases(new Set(['2', '3']), cases, isExcluded, tree), new Set(['3']));
  assert.equal(
    excludeCases(null, cases, () => false, tree),
    null,
    'nothing excluded: still all but the holdout',
  );
});
