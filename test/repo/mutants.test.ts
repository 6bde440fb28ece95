import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mutants } from '../../scripts/mutants/all.ts';
import { findListProblems } from '../../scripts/mutants/run-mutants.ts';
import { root } from '../../scripts/process.mjs';

test('every mutant of the list fits the tree', () => {
  assert.ok(mutants.length >= 170);
  assert.deepEqual(findListProblems({ mutants, root }), []);
});
