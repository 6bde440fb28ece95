import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { PromptDocument } from '#core/prompt/document.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { reparsePrompt } from '#core/prompt/reparse.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';
import { seededRandom } from '#test/support/random.ts';

const small = `# head
name: a
model: &m openai/gpt-4o
tags: [a, b]
messages:
- role: system
  content: |
    Rules:
      - one {{x}}

# between
- role: user
  content: >-
    folded
    text

    more
- content: "a
    b"
testData:
    -   x: 1
        y: {a: [1, 2]}
    # note
    -
      x: |2-
         lead
    - []
evaluators: []
`;
const files: readonly string[] = [
  small,
  small.replaceAll('\n', '\r\n'),
  `%YAML 1.2\n---\n${small}`,
  small.replace('- content: "a', '- <<: {role: user}\n  content: "a'),
  small.replace('tags: [a, b]', 'tags: *m'),
  ...['support/triage', 'flawed/reply', 'i18n/translate'].map((name) =>
    readFileSync(new URL(`../../../examples/${name}.prompt.yaml`, import.meta.url), 'utf8'),
  ),
];
const pieces = [
  'x',
  ' ',
  '\n',
  '\n    ',
  '\n  - ',
  '- ',
  ': ',
  '#',
  '"',
  "'",
  '{{y}}',
  '|',
  '>',
  '|\n',
  '[',
  ']',
  '{',
  '}',
  ',',
  '&a ',
  '*a',
  '---\n',
  '\n...\n',
  '\t',
  '\r',
  '\r\n',
  '%',
  '<<: ',
  'key: value\n',
  '  role: user\n',
  'é',
  '😀',
  '!',
  '? ',
];

for (const [i, file] of files.entries()) {
  test(`reparse returns what a fresh parse returns (${i})`, () => {
    const next = seededRandom(i + 11);
    let document = parsePrompt(file);
    for (let step = 0; step < 120; step++) {
      const { text } = document;
      const at = next(text.length + 1);
      const removed = next(3) === 0 ? next(6) : 0;
      const inserted = next(5) === 0 ? '' : (pieces[next(pieces.length)] ?? '');
      const edited = text.slice(0, at) + inserted + text.slice(at + removed);
      const now = reparsePrompt(document, edited);
      assertSame(now, parsePrompt(edited), edited);
      // Broken files are always parsed completely, so continue from a valid one.
      document = now.broken || step % 40 === 39 ? parsePrompt(file) : now;
    }
  });
}

test('only the edited item is parsed again', () => {
  const long = `messages:\n${'  - role: user\n    content: |\n      some text here\n'.repeat(4000)}`;
  let document = parsePrompt(long);
  const middle = long.indexOf('text', long.length / 2);
  const full = cpuMs();
  parsePrompt(long);
  const half = cpuMs();
  const edited = `${long.slice(0, middle)}more ${long.slice(middle)}`;
  document = reparsePrompt(document, edited);
  const end = cpuMs();
  assertSame(document, parsePrompt(edited), edited);
  assert.ok(end - half < half - full, `${end - half} ms against ${half - full} ms`);
});

function assertSame(actual: PromptDocument, expected: PromptDocument, text: string): void {
  if (JSON.stringify(actual.root) !== JSON.stringify(expected.root))
    assert.deepEqual(actual.root, expected.root, text);
  assert.deepEqual(actual.problems, expected.problems, text);
}
