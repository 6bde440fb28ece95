import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterByIds, readCaseFilter } from '#app/eval/case-filter.ts';

test('the holdout is left out unless a gate or a filter includes it', () => {
  assert.deepEqual(readCaseFilter([], false), { withoutTags: ['holdout'] });
  assert.deepEqual(readCaseFilter([], true), {});
  assert.deepEqual(readCaseFilter(['tag:holdout'], false), { tags: ['holdout'] });
  assert.deepEqual(readCaseFilter(['mail', 'tag:de', 'tag:'], false), {
    names: ['mail'],
    tags: ['de', ''],
    withoutTags: ['holdout'],
  });
  assert.deepEqual(filterByIds(null), { withoutTags: ['holdout'] });
  assert.deepEqual(filterByIds(new Set(['a'])), { ids: new Set(['a']) });
});
