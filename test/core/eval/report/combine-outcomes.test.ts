import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineOutcomes } from '#core/eval/report/combine-outcomes.ts';
import type { Outcome } from '#core/eval/run-event.ts';

test('a case has an outcome as soon as its missing repeats cannot change it', () => {
  const table: readonly (readonly [readonly Outcome[], Outcome])[] = [
    [['passed', 'passed', 'errored'], 'passed'],
    [['passed', 'failed', 'errored'], 'errored'],
    [['failed', 'failed', 'errored'], 'failed'],
    [['failed', 'errored', 'errored'], 'errored'],
    [['errored'], 'errored'],
    [['no-checks', 'no-checks', 'no-checks'], 'no-checks'],
    // No repeat was judged: whether the missing one has a check is unknown.
    [['no-checks', 'no-checks', 'errored'], 'errored'],
    [['skipped'], 'skipped'],
  ];
  for (const [outcomes, expected] of table)
    assert.equal(combineOutcomes(outcomes), expected, outcomes.join());
});
