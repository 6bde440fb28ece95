import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFixes, chooseFixes } from '#core/lint/engine/fix.ts';
import type { Fix, Problem, Rule } from '#core/lint/engine/rule.ts';
import { parsePrompt } from '#core/prompt/parse.ts';
import type { Edit } from '#core/text.ts';

const TEXT = 'messages:\n  - role: user\n    content: Hello\n';
const HELLO = TEXT.indexOf('Hello');
const SAFE = { unsafe: false };

/** A rule with one finding, whose fix makes `edits` of the text; none without edits. */
function fixer(
  id: string,
  edits: (text: string) => readonly Edit[],
  more: Partial<Problem & Fix> = {},
): Rule {
  const { uri, span, safe = true } = more;
  return {
    id,
    severity: 'warning',
    mode: 'recommended',
    group: 'format',
    tags: [],
    summary: 'A rule',
    needs: 'text',
    docs: { why: '', bad: '', good: '' },
    *check({ prompt: { text } }) {
      const fix: Fix = { title: id, safe, edits: edits(text) };
      if (fix.edits.length === 0) return;
      const place = span ?? { start: HELLO, end: HELLO + 5 };
      yield { message: id, span: place, fixes: [fix], ...(uri === undefined ? {} : { uri }) };
    },
  };
}

const edit = (start: number, end: number, text: string): Edit => ({ span: { start, end }, text });
/** Puts a word before `Hello`, once. */
const inserts = (word: string) =>
  fixer(word, (text) =>
    text.includes(word) ? [] : [edit(text.indexOf('Hello'), text.indexOf('Hello'), word)],
  );
const fixed = (rules: readonly Rule[], options = SAFE, text = TEXT) =>
  applyFixes({ prompt: parsePrompt(text) }, rules, options);
const chosen = (rules: readonly Rule[], options = SAFE, text = TEXT) =>
  chooseFixes({ prompt: parsePrompt(text) }, rules, options).map(({ rule }) => rule);

test('of two insertions at one offset, one waits for the next round', () => {
  const rules = [inserts('one '), inserts('two ')];
  assert.equal(chosen(rules).length, 1);
  assert.equal(fixed(rules), TEXT.replace('Hello', 'one two Hello'));
});

test('overlapping and adjacent fixes wait, others are applied together', () => {
  const at = (id: string, [start, end]: readonly [number, number]) =>
    fixer(id, () => [edit(HELLO + start, HELLO + end, id)]);
  for (const [first, second, isBoth] of [
    [[0, 3], [1, 2], false],
    [[0, 3], [2, 5], false],
    [[0, 2], [2, 4], false],
    [[0, 2], [2, 2], false],
    [[0, 1], [3, 5], true],
  ] as const) {
    const rules = [at('a', first), at('b', second)];
    assert.deepEqual(chosen(rules), isBoth ? ['a', 'b'] : ['a'], `${first} and ${second}`);
  }
});

test('a round that would break the YAML is skipped', () => {
  const breaks = fixer('breaks', () => [edit(HELLO, HELLO, '"')]);
  assert.equal(parsePrompt(TEXT.replace('Hello', '"Hello')).broken, true);
  assert.equal(fixed([breaks]), TEXT);
  assert.equal(
    fixed([
      inserts('one '),
      fixer('later', (text) => (text.includes('one') ? [edit(HELLO, HELLO, '"')] : [])),
    ]),
    TEXT.replace('Hello', 'one Hello'),
  );
});

test('a file that is already broken can be fixed', () => {
  const broken = TEXT.replace('Hello', '"Hello');
  assert.equal(fixed([inserts('one ')], SAFE, broken), broken.replace('Hello', 'one Hello'));
});

test('an unsafe fix is applied only when asked for', () => {
  const unsafe = fixer(
    'x',
    (text) => (text.includes('bold') ? [] : [edit(HELLO, HELLO, 'bold ')]),
    {
      safe: false,
    },
  );
  assert.equal(fixed([unsafe]), TEXT);
  assert.equal(fixed([unsafe], { unsafe: true }), TEXT.replace('Hello', 'bold Hello'));
});

test('suppressed findings and those of other files are left alone', () => {
  const text = `# promptsmith-disable-file quiet\n${TEXT}`;
  const quiet = fixer('quiet', () => [edit(0, 0, '# x\n')]);
  assert.equal(fixed([quiet], SAFE, text), text);
  assert.equal(fixed([fixer('far', () => [edit(0, 0, '# x\n')], { uri: 'file:///w.yml' })]), TEXT);
});

test('two rules that undo each other terminate', () => {
  let rounds = 0;
  const swap = (from: string, to: string) =>
    fixer(from, (text) => {
      assert.ok(++rounds < 100, 'no end');
      const at = text.indexOf(from);
      return at < 0 ? [] : [edit(at, at + from.length, to)];
    });
  assert.match(
    fixed([swap('Hello', 'Howdy'), swap('Howdy', 'Hello')]),
    /content: (Hello|Howdy)\n$/,
  );
});
