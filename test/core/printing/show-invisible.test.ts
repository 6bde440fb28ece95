import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showInvisible } from '#core/printing/show-invisible.ts';

test('characters that act unseen are written out, and nothing is lost', () => {
  const table: [text: string, shown: string][] = [
    ['plain\ttext\n', 'plain\ttext\n'],
    ['\u001b[31mred', '␛[31mred'],
    ['a\u202eb\u2066c\u061c\u200f', 'a⟦U+202E⟧b⟦U+2066⟧c⟦U+061C⟧⟦U+200F⟧'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u0000\u007f\u0085\u009b', '␀⟦U+007F⟧⟦U+0085⟧⟦U+009B⟧'],
    ['a\u2028b', 'a⟦U+2028⟧b'],
    ['👩\u200d💻 é', '👩\u200d💻 é'],
    ['<b>&amp;</b> ![i](x)', '<b>&amp;</b> ![i](x)'],
  ];
  for (const [text, shown] of table) assert.equal(showInvisible(text), shown);
});
