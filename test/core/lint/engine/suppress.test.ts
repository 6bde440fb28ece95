import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rule } from '#core/lint/engine/rule.ts';
import { readSuppressions, SuppressionIndex } from '#core/lint/engine/suppress.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import { checkRule, lintText } from '../../../support/caret.ts';

/** Finds each `bad` of a text. */
function finder(id: string): Rule {
  return {
    id,
    severity: 'warning',
    mode: 'recommended',
    group: 'format',
    tags: [],
    summary: 'Finds a word',
    needs: 'text',
    docs: { why: '', bad: '', good: '' },
    *check({ prompt: { text } }) {
      for (const { index } of text.matchAll(/bad/g))
        yield { message: 'A word.', span: { start: index, end: index + 3 } };
    },
  };
}

const word = finder('word');
const other = finder('other');

test('next-line covers the next line, across blank lines and other comments', () => {
  checkRule(
    word,
    `# promptsmith-disable-next-line word

# a comment
name: bad
description: bad
             ^^^
`,
  );
});

test('a comment before a key covers its whole value; before an item, the whole item', () => {
  checkRule(
    word,
    `messages:
  # promptsmith-disable-next-line word
  - role: user
    content: |
      bad
      and bad
  - role: user
    # promptsmith-disable-next-line word -- quoted from a customer
    content: >
      bad

      bad
    name: bad
          ^^^
`,
  );
});

test('line covers its own line and the value that begins there', () => {
  checkRule(
    word,
    `name: bad # promptsmith-disable-line word
messages: # promptsmith-disable-line word
  - role: user
    content: bad
description: bad
             ^^^
`,
  );
});

test('a region ends where it is enabled again, or at the end of the file', () => {
  checkRule(
    [word, other],
    `name: bad
      ^^^ [other]
      ^^^ [word]
# promptsmith-disable word
id: bad
    ^^^ [other]
# promptsmith-enable other
version: bad
         ^^^ [other]
# promptsmith-enable word
model: bad
       ^^^ [other]
       ^^^ [word]
# promptsmith-disable
tags: [bad]
# promptsmith-enable
authors: [bad]
          ^^^ [other]
          ^^^ [word]
# promptsmith-disable other, word -- the rest is generated
metadata: { a: bad }
`,
  );
});

test('disable-file covers the whole file from any line', () => {
  checkRule(
    [word, other],
    'name: bad\n      ^^^ [other]\nmodel: x\n# promptsmith-disable-file word\n',
  );
});

test('a # in a string is prompt text, never a comment', () => {
  checkRule(
    word,
    `messages:
  - role: user
    content: |
      # promptsmith-disable-file word
      bad
      ^^^
  - role: user
    content: "a # promptsmith-disable-line word
      bad"
      ^^^
  - role: user
    content: bad#promptsmith-disable-line word
             ^^^
`,
  );
});

test('a # directly after a value does not begin a comment', () => {
  checkRule(
    word,
    `name: "a"#promptsmith-disable-file word
description: bad
             ^^^
`,
  );
});

test('a less indented comment after a block scalar is a comment', () => {
  checkRule(
    word,
    `messages:
  - role: user
    content: |
      text
  # promptsmith-disable-next-line word
  - role: bad
`,
  );
});

test('text that only resembles a suppression is not one', () => {
  checkRule(
    word,
    `# promptsmith-disabled word
# promptsmith-disable-next-lines word
name: bad # promptsmith-disable-linear word
      ^^^
`,
  );
});

test('rule names, reason and spans are read', () => {
  const text = 'a: 1\n# promptsmith-disable-next-line one,two  three -- known -- for long\nb: 2\n';
  const [found] = readSuppressions(parsePrompt(text));
  assert.deepEqual(
    found?.rules.map(({ id, span }) => [id, text.slice(span.start, span.end)]),
    [
      ['one', 'one'],
      ['two', 'two'],
      ['three', 'three'],
    ],
  );
  assert.equal(found?.reason, 'known -- for long');
  assert.equal(text.slice(found?.covers.start, found?.covers.end), 'b: 2');
});

test('a suppressed finding is kept, with the reason', () => {
  const [found] = lintText(word, '# promptsmith-disable-next-line word -- ours\nname: bad\n');
  assert.deepEqual(found?.suppressed, { reason: 'ours' });
  const [bare] = lintText(word, 'name: bad # promptsmith-disable-line\n');
  assert.deepEqual(bare?.suppressed, {});
});

test('comments work in files with broken YAML and in other files', () => {
  checkRule(word, '# promptsmith-disable-next-line word\nname: [bad\n');
  checkRule(word, '# promptsmith-disable-file word\n- bad\n');
  checkRule(word, '# promptsmith-disable-file word\r\nname: bad\r\n');
});

test('of several comments for one place, the one with the widest range is used', () => {
  const text = '# promptsmith-disable-file word\nname: bad # promptsmith-disable-line word\n';
  const all = readSuppressions(parsePrompt(text));
  const index = new SuppressionIndex(all);
  assert.equal(index.find('word', { start: 38, end: 41 })?.kind, 'file');
  assert.equal(index.find('other', { start: 38, end: 41 }), undefined);
});
