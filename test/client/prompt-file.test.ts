import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePromptPath, renameTemplate } from '#client/templates/prompt-file.ts';

const PATHS: readonly (readonly [typed: string, path: string])[] = [
  ['refunds', 'refunds.prompt.yaml'],
  [' refunds.prompt.yaml ', 'refunds.prompt.yaml'],
  ['refunds.prompt.yml', 'refunds.prompt.yml'],
  ['refunds.yaml', 'refunds.prompt.yaml'],
  ['refunds.prompt', 'refunds.prompt.yaml'],
  ['support/refunds', 'support/refunds.prompt.yaml'],
  ['support\\refunds', 'support/refunds.prompt.yaml'],
  ['./support//refunds', 'support/refunds.prompt.yaml'],
  ['v2.1 refunds', 'v2.1 refunds.prompt.yaml'],
];

const PROBLEMS: readonly (readonly [typed: string, problem: string])[] = [
  ['', 'empty'],
  ['  ', 'empty'],
  ['.prompt.yaml', 'empty'],
  ['support/', 'empty'],
  ['../refunds', 'outside'],
  ['a/../../refunds', 'outside'],
  ['/etc/refunds', 'outside'],
  ['C:\\refunds', 'outside'],
  ['why?', 'characters'],
  ['a\u0000b', 'characters'],
];

test('the place of a new prompt is read with and without its ending', () => {
  for (const [typed, path] of PATHS) assert.deepEqual(parsePromptPath(typed), { path }, typed);
});

test('a place that cannot be is refused with the reason', () => {
  for (const [typed, problem] of PROBLEMS)
    assert.deepEqual(parsePromptPath(typed), { problem }, typed);
});

test('a new prompt is named after its file; nothing else changes', () => {
  const template = '# first\nname: Classify # here\nmessages: []\n';
  assert.equal(
    renameTemplate(template, 'support/refund-reasons.prompt.yaml'),
    '# first\nname: Refund reasons # here\nmessages: []\n',
  );
  assert.equal(renameTemplate(template, 'classify.prompt.yml'), template);
  assert.equal(renameTemplate(template, 'yes.prompt.yaml').split('\n')[1], "name: 'Yes' # here");
  assert.equal(renameTemplate(template, 'a: b.prompt.yaml').split('\n')[1], "name: 'A: b' # here");
  assert.equal(renameTemplate(template, '---.prompt.yaml'), template);
  assert.equal(renameTemplate('messages: []\n', 'a.prompt.yaml'), 'messages: []\n');
});
