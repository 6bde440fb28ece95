import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffWords } from '#core/registry/diff-words.ts';
import { randomText, seededRandom } from '#test/support/random.ts';

/** The segments in the notation of `git diff --word-diff`. */
const shown = (before: string, after: string) =>
  diffWords(before, after)
    .map(({ kind, text }) =>
      kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`,
    )
    .join('');

test('words, numbers, placeholders and emoji change as a whole', () => {
  const table: [before: string, after: string, shown: string][] = [
    ['same', 'same', 'same'],
    ['', '', ''],
    ['', 'new', '{+new+}'],
    ['old', '', '[-old-]'],
    ['for a support team.', 'for a service team.', 'for a [-support-]{+service+} team.'],
    ['at most 1,500 words', 'at most 1,400 words', 'at most [-1,500-]{+1,400+} words'],
    ['Sort {{ticket}} now', 'Sort {{mail}} now', 'Sort [-{{ticket}}-]{+{{mail}}+} now'],
    ["You mayn't quote", 'You may quote', "You [-mayn't-]{+may+} quote"],
    ['ok 👩‍👩‍👧 done', 'ok 👩‍👧 done', 'ok [-👩‍👩‍👧-]{+👩‍👧+} done'],
    ['Include it.', 'Include it. Be brief.', 'Include it.{+ Be brief.+}'],
    ['One.\nTwo.\n', 'One.\nNew.\nTwo.\n', 'One.\n{+New.\n+}Two.\n'],
    ['One. Gone. Two.', 'One. Two.', 'One. [-Gone. -]Two.'],
    ['- a\n- c\n', '- a\n- b\n- c\n', '- a\n{+- b\n+}- c\n'],
    ['- a one\n- b the\n- c', '- b the\n- c', '[-- a one\n-]- b the\n- c'],
  ];
  for (const [before, after, text] of table) assert.equal(shown(before, after), text);
});

test('white space changes by itself', () => {
  const table: [before: string, after: string, shown: string][] = [
    ['with at', 'with  at', 'with {+ +}at'],
    ['One.\nTwo.', 'One.\n\nTwo.', 'One.\n{+\n+}Two.'],
    ['One.\r\nTwo.', 'One.\nTwo.', 'One.[-\r-]\nTwo.'],
    ['end', 'end\n', 'end{+\n+}'],
    ['a\tb', 'a b', 'a[-\t-]{+ +}b'],
  ];
  for (const [before, after, text] of table) assert.equal(shown(before, after), text);
});

test('languages without spaces and with marks are compared by word', () => {
  assert.equal(shown('请用中文回答问题。', '请用英文回答问题。'), '请用[-中文-]{+英文+}回答问题。');
  assert.equal(
    shown('日本語で答えてください。', '英語で答えてください。'),
    '[-日本語-]{+英語+}で答えてください。',
  );
  assert.equal(shown('ลูกค้าใหม่', 'ลูกค้าเก่า'), 'ลูกค้า[-ใหม่-]{+เก่า+}');
  assert.equal(shown('اكتب رداً قصيراً', 'اكتب رداً طويلاً'), 'اكتب رداً [-قصيراً-]{+طويلاً+}');
});

test('a rewritten sentence is one replacement, not a salad of common words', () => {
  assert.equal(
    shown('Answer the question of a user.', 'Respond to the query from a customer.'),
    '[-Answer the question of a user-]{+Respond to the query from a customer+}.',
  );
  assert.equal(
    shown('Sort by date.\nBe kind to everyone.', 'Sort by name.\nBe kind to customers.'),
    'Sort by [-date-]{+name+}.\nBe kind to [-everyone-]{+customers+}.',
  );
  assert.equal(
    shown('Alpha beta gamma.', '全新的文字，没有共同点'),
    '[-Alpha beta gamma.-]{+全新的文字，没有共同点+}',
  );
});

test('the segments give both texts again, alternate, and name no change where there is none', () => {
  const next = seededRandom(13);
  const pieces = [
    'a',
    'b',
    'word',
    ' ',
    '  ',
    '\n',
    '\r\n',
    '.',
    '{{x}}',
    '你好',
    '👩‍👧',
    '\ud83d',
    'é',
  ];
  for (let i = 0; i < 3000; i++) {
    const [before, after] = [randomText(next, pieces, 14), randomText(next, pieces, 14)];
    const segments = diffWords(before, after);
    const join = (other: string) =>
      segments.map(({ kind, text }) => (kind === other ? '' : text)).join('');
    assert.equal(join('added'), before);
    assert.equal(join('removed'), after);
    segments.forEach(({ kind, text }, j) => {
      assert.notEqual(text, '');
      assert.notEqual(kind, segments[j - 1]?.kind);
    });
    assert.equal(
      segments.every(({ kind }) => kind === 'same'),
      before === after,
    );
  }
});
