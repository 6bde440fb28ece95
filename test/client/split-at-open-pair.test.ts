import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitAtOpenPair } from '#client/webview/split-at-open-pair.ts';
import { showInvisible } from '#core/printing/show-invisible.ts';

test('however an answer is cut into parts, its line breaks and characters are the same', () => {
  const text = 'a\r\n\r\nb😀\rc\r';
  for (let size = 1; size <= text.length; size++) {
    let [shown, open] = ['', ''];
    for (let at = 0; at < text.length; at += size) {
      const now = splitAtOpenPair(open + text.slice(at, at + size));
      shown += showInvisible(now.text);
      open = now.open;
    }
    assert.equal(shown + showInvisible(open), 'a\n\nb😀\nc\n', `by ${size}`);
  }
});
