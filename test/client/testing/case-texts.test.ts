import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoldenCase } from '#app/eval/locate-cases.ts';
import { canRunOnSave } from '#client/testing/can-run-on-save.ts';
import { describeCase, listCaseTags } from '#client/testing/describe-case.ts';
import { replacePii } from '#client/testing/replace-pii.ts';
import { findPii } from '#core/pii.ts';
import { promptText } from '#test/support/evals.ts';

const golden: GoldenCase = {
  id: 'one',
  name: 'one',
  file: null,
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  tags: [],
  group: null,
  must: false,
};

test('a case is described by group, requirement and tags, and filtered by group and tags', () => {
  assert.equal(describeCase(golden), '');
  const full = { ...golden, tags: ['hard', 'de'], group: 'mail', must: true };
  assert.equal(describeCase(full), 'mail · required · hard · de');
  assert.deepEqual(listCaseTags(full), ['hard', 'de', 'group:mail']);
  assert.deepEqual(listCaseTags({ ...golden, tags: ['hard'] }), ['hard']);
});

test('only a valid prompt with cases and evaluators runs when it is saved', () => {
  const text = promptText('- { uses: promptsmith/contains, with: a }');
  assert.equal(canRunOnSave(text), true);
  assert.equal(canRunOnSave(text.replace(/evaluators:[\s\S]*/, '')), false, 'no evaluators');
  assert.equal(canRunOnSave(text.replace(/testData:\n.*\n/, '')), false, 'no cases');
  assert.equal(canRunOnSave(`${text}broken: [`), false);
  assert.equal(canRunOnSave('name: not a prompt\n'), false);
});

test('personal data is replaced by its type, the rest of the text is unchanged', () => {
  const text = 'Call +1 415 867 5309 or pay with 4539 1488 0343 6467, please.';
  assert.equal(replacePii(text, findPii(text)), 'Call <phone> or pay with <card>, please.');
  assert.equal(replacePii(text, []), text);
  const overlapping = [
    { span: { start: 0, end: 5 }, type: 'name' },
    { span: { start: 3, end: 8 }, type: 'other' },
  ] as unknown as Parameters<typeof replacePii>[1];
  assert.equal(replacePii('abcdefghij', overlapping), '<name>fghij');
});
