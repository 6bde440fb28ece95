import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showInvisibles, splitAtOpenPair } from '#client/webview/visible.ts';

test('what does something unseen is written out, and nothing is lost', () => {
  const table: [text: string, shown: string][] = [
    ['plain\ttext\n', 'plain\ttext\n'],
    ['\u001b[31mred', '␛[31mred'],
    ['a\u202eb\u2066c', 'a⟦U+202E⟧b⟦U+2066⟧c'],
    ['a\r\nb\rc', 'a\nb\nc'],
    ['\u0000\u007f\u0085', '␀⟦7f⟧⟦85⟧'],
    ['<b>&amp;</b> ![i](x)', '<b>&amp;</b> ![i](x)'],
  ];
  for (const [text, shown] of table) assert.equal(showInvisibles(text), shown);
});

test('however an answer is cut into parts, its line breaks and characters are the same', () => {
  const text = 'a\r\n\r\nb😀\rc\r';
  for (let size = 1; size <= text.length; size++) {
    let [shown, open] = ['', ''];
    for (let at = 0; at < text.length; at += size) {
      const now = splitAtOpenPair(open + text.slice(at, at + size));
      shown += showInvisibles(now.text);
      open = now.open;
    }
    assert.equal(shown + showInvisibles(open), 'a\n\nb😀\nc\n', `by ${size}`);
  }
});
