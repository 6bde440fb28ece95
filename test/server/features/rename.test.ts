import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '#core/text.ts';
import { buildRenameEdits, prepareRename } from '#server/features/rename.ts';
import { analyze } from '#test/support/analysis.ts';
import { MARKED_VARIABLES } from '#test/support/sample-prompts.ts';

test('rename reaches every occurrence and no text', () => {
  const { analysis, cursor, text } = analyze(MARKED_VARIABLES);
  assert.deepEqual(prepareRename(analysis, cursor), {
    range: { start: { line: 7, character: 17 }, end: { line: 7, character: 22 } },
    placeholder: 'topic',
  });
  const edits = buildRenameEdits(analysis, cursor, 'subject');
  assert.ok(Array.isArray(edits));
  const after = applyEdits(text, edits);
  assert.equal(after, text.replace(/topic(?!}} stays)/g, 'subject'));
});

test('rename in every scalar style, CRLF and map declarations', () => {
  const source = `variables:\r\n  x: 1\r\nmessages:\r\n  - content: >-\r\n      {{x}}\r\n      {{x$0}}\r\n  - content: '{{x}}''{{x}}'\r\n  - content: a {{x}}\r\ntestData:\r\n  - {x: 1, y: 2}\r\n  - inputs:\r\n      x: 3\r\n`;
  const { analysis, cursor, text } = analyze(source);
  const edits = buildRenameEdits(analysis, cursor, 'zz');
  assert.ok(Array.isArray(edits));
  assert.equal(
    applyEdits(text, edits),
    text.replaceAll('{{x}}', '{{zz}}').replaceAll(' x:', ' zz:').replace('{x:', '{zz:'),
  );
});

test('a name that YAML would read as something else is quoted as a key', () => {
  const { analysis, cursor, text } = analyze(
    'messages:\n  - content: "{{x$0}}"\ntestData:\n  - x: 1\n  - "x": 2\n',
  );
  const edits = buildRenameEdits(analysis, cursor, '1.5');
  assert.ok(Array.isArray(edits));
  assert.equal(
    applyEdits(text, edits),
    `messages:\n  - content: "{{1.5}}"\ntestData:\n  - '1.5': 1\n  - "1.5": 2\n`,
  );
});

test('names of any script and with blanks, in every scalar style', () => {
  const { analysis, cursor, text } = analyze(
    `messages:\n  - content: "{{größe$0}}"\n  - content: '{{größe}}'\n  - content: a {{größe}}\ntestData:\n  - größe: 1\n  - 'größe': 2\n`,
  );
  const edits = buildRenameEdits(analysis, cursor, "user's size");
  assert.ok(Array.isArray(edits));
  assert.equal(
    applyEdits(text, edits),
    `messages:\n  - content: "{{user's size}}"\n  - content: '{{user''s size}}'\n  - content: a {{user's size}}\ntestData:\n  - user's size: 1\n  - 'user''s size': 2\n`,
  );
  const odd = analyze(
    `messages:\n  - content: "{{Size (cm)$0}} {{Size (mm)}}"\ntestData:\n  - Size (cm): 1\n`,
  );
  const renamed = buildRenameEdits(odd.analysis, odd.cursor, '名前');
  assert.ok(Array.isArray(renamed));
  assert.equal(
    applyEdits(odd.text, renamed),
    `messages:\n  - content: "{{名前}} {{Size (mm)}}"\ntestData:\n  - 名前: 1\n`,
  );
});

test('an invalid name is refused with a reason', () => {
  const { analysis, cursor } = analyze(MARKED_VARIABLES);
  assert.match(String(buildRenameEdits(analysis, cursor, 'a: b')), /letters, digits/);
  assert.match(String(buildRenameEdits(analysis, cursor, 'other')), /already/);
  assert.match(String(buildRenameEdits(analysis, 0, 'x')), /Place the cursor/);
  assert.equal(prepareRename(analysis, 0), null);
  assert.deepEqual(buildRenameEdits(analysis, cursor, '{{topic}}'), []);
});

test('{{completion}} in the prompt of a judge is not a variable', () => {
  const { analysis } = analyze(MARKED_VARIABLES);
  const at = analysis.text.indexOf('completion');
  assert.equal(prepareRename(analysis, at), null);
});
