import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { reparsePrompt } from '#core/prompt/reparse.ts';

const MESSAGES = `messages:
- role: user
  content: one
- role: system
  content: two
`;

/** Checks that the document after an edit equals that of a fresh parse. */
function checkReparse(before: string, from: string, to: string): void {
  const document = parsePrompt(before);
  assert.deepEqual(document.problems, [], before);
  const edited = before.replace(from, to);
  assert.notEqual(edited, before);
  const [now, fresh] = [reparsePrompt(document, edited), parsePrompt(edited)];
  assert.deepEqual(now.root, fresh.root, edited);
  assert.deepEqual(now.problems, fresh.problems, edited);
}

test('a directive applies to lines that are parsed again', () => {
  for (const head of ['%YAML 1.1\n---\n', '# a comment\n%YAML 1.1\n---\n'])
    for (const value of ['yes', '0o17', 'off'])
      checkReparse(`${head}model: m\n${MESSAGES}`, 'model: m', `model: ${value}`);
});

test('a merge key copies entries from elsewhere', () => {
  const merged = `model: m\n<<: { name: a, version: b }\n${MESSAGES}`;
  checkReparse(merged, 'name: a', 'name: c');
  checkReparse(merged.replace('name:', 'model:'), 'a, version: ', '');
  checkReparse(merged, 'model: m', 'model: n');
});

test('an alias after the edit shows the new value of its anchor', () => {
  const aliased = `model: &m one\n${MESSAGES}name: *m\n`;
  checkReparse(aliased, '&m one', '&m another');
  checkReparse(aliased, 'content: one', 'content: more');
  const listed = MESSAGES.replace('one', '&c one').replace('two', '*c');
  checkReparse(listed, '&c one', '&c three');
});

test('an edit that begins another document or a directive is recognized', () => {
  for (const line of ['---\n', '...\n', '%YAML 1.1\n', '--- x\n'])
    checkReparse(`model: m\n${MESSAGES}`, '- role: system', `${line}- role: system`);
  for (const line of ['---', '...']) {
    checkReparse(`model: m\n${MESSAGES}`, 'model: m', `model: k\n${line}`);
    checkReparse(`model: m\n${MESSAGES}`, 'content: one', `content: more\n${line}`);
  }
});

test('a tag that is typed is reported', () => {
  checkReparse(`model: m\n${MESSAGES}`, 'content: one', 'content: !include one');
  checkReparse(`model: m\n${MESSAGES}`, 'model: m', 'model: !env m');
});
