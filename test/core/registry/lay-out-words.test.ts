import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffWords } from '#core/registry/diff-words.ts';
import { layOutWords } from '#core/registry/lay-out-words.ts';

/** The lines of a word diff with markers. */
const shown = (before: string, after: string) =>
  layOutWords(diffWords(before, after)).map((line) =>
    line
      .map(({ kind, text }) => {
        if (kind === 'removed') return `[-${text}-]`;
        if (kind === 'added') return `{+${text}+}`;
        return kind === 'omitted' ? `<${text}>` : text;
      })
      .join(''),
  );

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `w${from + i}`).join(' ');

test('a change is shown with seven words on each side', () => {
  assert.deepEqual(
    shown(`${numbers(1, 40)} old ${numbers(41, 80)}`, `${numbers(1, 40)} new ${numbers(41, 80)}`),
    [`<…>${numbers(34, 40)} [-old-]{+new+} ${numbers(41, 47)}<…>`],
  );
  assert.deepEqual(shown('one old two', 'one new two'), ['one [-old-]{+new+} two']);
});

test('between two changes of a line, words are left out only when there are many', () => {
  const text = (between: number, a: string, b: string) => `${a} ${numbers(1, between)} ${b}`;
  assert.deepEqual(shown(text(14, 'x', 'y'), text(14, 'xx', 'yy')), [
    `[-x-]{+xx+} ${numbers(1, 14)} [-y-]{+yy+}`,
  ]);
  assert.deepEqual(shown(text(30, 'x', 'y'), text(30, 'xx', 'yy')), [
    `[-x-]{+xx+} ${numbers(1, 7)}<…>${numbers(24, 30)} [-y-]{+yy+}`,
  ]);
});

test('lines of the text stay lines; those without a change are one …', () => {
  const before = 'Head.\nSort the tickets.\nA.\nB.\nBe kind.\nEnd.';
  assert.deepEqual(shown(before, before.replace('tickets', 'mails').replace('kind', 'brief')), [
    'Sort the [-tickets-]{+mails+}.',
    '<…>',
    'Be [-kind-]{+brief+}.',
  ]);
  assert.deepEqual(shown('- a: one\n- c: two\n', '- a: one\n- b: new\n- c: two\n'), [
    '{+- b: new+}',
    '- c: two',
  ]);
  assert.deepEqual(shown('A\n\nB.', 'C\n\nD.'), ['[-A-]', '', '[-B-]', '{+C+}', '', '{+D+}.']);
});

test('changes that cannot be seen are written out', () => {
  assert.deepEqual(shown('One.\nTwo.', 'One.\n\nTwo.'), ['{+⏎+}Two.']);
  assert.deepEqual(shown('a b', 'a \t b'), ['a {+→·+}b']);
  assert.deepEqual(shown('10 km', '10\u00a0km'), ['10[-·-]{+⟦U+00A0⟧+}km']);
  assert.deepEqual(shown('ab', 'a\u200bb'), ['[-ab-]{+a⟦U+200B⟧b+}']);
  assert.deepEqual(shown('café', 'cafe\u0301'), ['[-caf⟦U+00E9⟧-]{+cafe⟦U+0301⟧+}']);
  assert.deepEqual(shown('x\r\ny', 'x\ny'), ['x[-␍-]']);
});

test('long changes and many changes are cut, and say so', () => {
  const [line] = shown('', 'x'.repeat(5000));
  assert.equal(line, `{+${'x'.repeat(750)}+}<… 3,500 characters …>{+${'x'.repeat(750)}+}`);
  const lines = (word: string) =>
    Array.from({ length: 300 }, (_, i) => `${i} is ${word}`).join('\n');
  const many = shown(lines('old'), lines('new'));
  assert.ok(many.length < 70, String(many.length));
  assert.match(many.at(-1) ?? '', /^<… 2\d\d more changes>$/);
});

test('a cut goes through no character', () => {
  for (let i = 0; i < 4; i++) {
    const text = JSON.stringify(shown('', `${'x'.repeat(i)}${'😀'.repeat(3000)}`));
    assert.ok(!text.includes('\\ud'), text.slice(0, 100));
    const context = JSON.stringify(shown(`${'😀'.repeat(400)}a`, `${'😀'.repeat(400)}b`));
    assert.ok(!context.includes('\\ud'), context);
  }
});

test('a paragraph that was wrapped again shows its words, not its line breaks', () => {
  assert.deepEqual(
    shown(
      'You know nothing\nbut what the\npassages say.',
      'You know\nnothing except what\nthe passages say.',
    ),
    ['nothing [-but-]{+except+} what'],
  );
  assert.deepEqual(shown('One two\r\nthree', 'One 2\nthree'), ['One [-two-]{+2+}']);
  assert.deepEqual(shown('names or addresses', 'names, addresses'), [
    'names[- or-]{+,+} addresses',
  ]);
  assert.deepEqual(shown('one\ntwo three', 'one four three'), ['one [-two-]{+four+} three']);
  assert.deepEqual(shown('a b c d e', 'a c\nd f'), ['a [-b -]c', 'd [-e-]{+f+}']);
});
