import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '#core/text.ts';
import { findDefinitions } from '#server/features/definition.ts';
import { findHighlights } from '#server/features/document-highlight.ts';
import { findReferences } from '#server/features/references.ts';
import { buildRenameEdits, prepareRename } from '#server/features/rename.ts';
import { analyse } from '#test/support/analysis.ts';

const prompt = `variables:
  - name: topic
    default: tea
  - name: "other"
messages:
  - role: user
    content: |
      😀 About {{to$0pic}} – e\u0301 {{topic}}
      and {{other}}
  - role: user
    content: "\\u0041 {{topic}}"
testData:
  - topic: a
    other: b
    $case: { evaluators: [{ name: x, string: { contains: '{{topic}}' } }] }
  - 'topic': "{{topic}} stays"
evaluators:
  - name: e
    llm:
      prompt: |
        {{completion}} about {{topic}}?
      choices: []
  - name: w
    uses: promptsmith/contains
    with: "{{topic}}"
`;

test('references: declaration, messages, evaluators and rows, in file order', () => {
  const { analysis, cursor } = analyse(prompt);
  const { lines } = analysis;
  const at = (includeDeclaration: boolean): string[] =>
    findReferences(analysis, cursor, includeDeclaration).map(
      ({ range: { start, end } }) =>
        `${start.line} ${lines.line(start.line).slice(start.character, end.character)}`,
    );
  const rows = [1, 7, 7, 10, 12, 14, 15, 20, 24];
  assert.deepEqual(
    at(true),
    rows.map((line) => `${line} topic`),
  );
  assert.deepEqual(at(false), at(true).slice(1));
  assert.equal(findHighlights(analysis, cursor).length, 9);
  assert.deepEqual(
    findHighlights(analysis, cursor).map(({ kind }) => kind),
    [3, 2, 2, 2, 3, 2, 3, 2, 2],
  );
});

test('definition: the declaration, else the rows, else nothing', () => {
  const { analysis, cursor } = analyse(prompt);
  assert.deepEqual(
    findDefinitions(analysis, cursor).map(({ range }) => range.start),
    [{ line: 1, character: 10 }],
  );
  const rows = analyse(
    'messages:\n  - content: "{{a$0}}"\ntestData:\n  - a: 1\n  - a: 2\n  - b: 3\n',
  );
  assert.deepEqual(
    findDefinitions(rows.analysis, rows.cursor).map(({ range }) => range.start.line),
    [3, 4],
  );
  const none = analyse('messages:\n  - content: "{{a}} $0x"\n');
  assert.deepEqual(findDefinitions(none.analysis, none.cursor), []);
});

test('rename reaches every occurrence and no text', () => {
  const { analysis, cursor, text } = analyse(prompt);
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
  const { analysis, cursor, text } = analyse(source);
  const edits = buildRenameEdits(analysis, cursor, 'zz');
  assert.ok(Array.isArray(edits));
  assert.equal(
    applyEdits(text, edits),
    text.replaceAll('{{x}}', '{{zz}}').replaceAll(' x:', ' zz:').replace('{x:', '{zz:'),
  );
});

test('a name that YAML would read as something else is quoted as a key', () => {
  const { analysis, cursor, text } = analyse(
    'messages:\n  - content: "{{x$0}}"\ntestData:\n  - x: 1\n  - "x": 2\n',
  );
  const edits = buildRenameEdits(analysis, cursor, '1.5');
  assert.ok(Array.isArray(edits));
  assert.equal(
    applyEdits(text, edits),
    `messages:\n  - content: "{{1.5}}"\ntestData:\n  - '1.5': 1\n  - "1.5": 2\n`,
  );
});

test('rename refuses, and says why', () => {
  const { analysis, cursor } = analyse(prompt);
  assert.match(String(buildRenameEdits(analysis, cursor, 'a b')), /letters, digits/);
  assert.match(String(buildRenameEdits(analysis, cursor, 'other')), /already/);
  assert.match(String(buildRenameEdits(analysis, 0, 'x')), /Place the cursor/);
  assert.equal(prepareRename(analysis, 0), null);
  assert.deepEqual(buildRenameEdits(analysis, cursor, '{{topic}}'), []);
});

test('{{completion}} of a judge is no variable', () => {
  const { analysis } = analyse(prompt);
  const at = analysis.text.indexOf('completion');
  assert.equal(prepareRename(analysis, at), null);
});
