import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMarkdownEdit } from '#core/printing/markdown-edits.ts';

test('removed text is struck through, added text bold, and white space stays outside the markers', () => {
  assert.equal(formatMarkdownEdit('removed', 'old word ', false), '~~old word~~ ');
  assert.equal(formatMarkdownEdit('added', ' new word', false), ' **new word**');
  assert.equal(formatMarkdownEdit('same', ' as it was ', false), ' as it was ');
  assert.equal(formatMarkdownEdit('same', '  ', false), ' ');
});

test('a line keeps its indentation', () => {
  assert.equal(formatMarkdownEdit('same', '    code', true), '&nbsp;&nbsp;&nbsp;&nbsp;code');
  assert.equal(
    formatMarkdownEdit('added', '  - item', true),
    '&nbsp;&nbsp;<strong>\\- item</strong>',
  );
  assert.equal(formatMarkdownEdit('same', ' '.repeat(999), true).length, 24 * '&nbsp;'.length);
});

test('text that is Markdown or HTML itself ends no marker and begins none', () => {
  const table: [text: string, removed: string, added: string][] = [
    ['~~gone~~', '<del>\\~\\~gone\\~\\~</del>', '<strong>\\~\\~gone\\~\\~</strong>'],
    ['a~~b', '~~a\\~\\~b~~', '**a\\~\\~b**'],
    ['a**b', '~~a\\*\\*b~~', '**a\\*\\*b**'],
    [
      '</del><img src=x>',
      '<del>\\</del\\>\\<img src=x\\></del>',
      '<strong>\\</del\\>\\<img src=x\\></strong>',
    ],
    ['`code`', '<del>\\`code\\`</del>', '<strong>\\`code\\`</strong>'],
    ['（注）', '<del>（注）</del>', '<strong>（注）</strong>'],
    ['注', '~~注~~', '**注**'],
    ['👍', '<del>👍</del>', '<strong>👍</strong>'],
    ['back\\', '<del>back\\\\</del>', '<strong>back\\\\</strong>'],
    ['# head', '<del>\\# head</del>', '<strong>\\# head</strong>'],
    ['\u202e', '<del>⟦U+202E⟧</del>', '<strong>⟦U+202E⟧</strong>'],
  ];
  for (const [text, removed, added] of table) {
    assert.equal(formatMarkdownEdit('removed', text, false), removed);
    assert.equal(formatMarkdownEdit('added', text, false), added);
  }
});
