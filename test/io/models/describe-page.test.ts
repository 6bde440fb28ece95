import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePage, isBinary, isMarkup } from '#io/models/describe-page.ts';

test('a page is its title and its text, without tags, styles, scripts and comments', () => {
  const page = `<!doctype html><html><head><title>502 Bad&nbsp;Gateway</title>
    <style>p { color: red }</style><script>if (a < b) location = "x"</script></head>
    <body><!-- <p>padding</p> --><h1>nginx</h1><p>Ask &quot;IT&quot; &#x2F; &#65;da &unknown; &amp;lt;</p></body></html>`;
  assert.equal(describePage(page), '502 Bad Gateway. nginx Ask "IT" / Ada &unknown; &lt;');
  assert.equal(describePage('<html><title></title>'), 'a page without text');
  assert.equal(describePage('<title>Sign in</title><h1>Sign in now</h1>'), 'Sign in now');
});

test('a long page is cut between words, never within one', () => {
  const key = 'canary-7f3a91c2d4e5';
  for (let pad = 19_975; pad < 20_005; pad++) {
    const said = describePage(`<!--${'x'.repeat(pad - 20)}--><p>key ${key} end`);
    assert.ok(!said.replaceAll(key, '').includes('canary'), said);
  }
});

test('bytes are told from text of another encoding', () => {
  assert.ok(isBinary(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]).toString('utf8')));
  assert.ok(!isBinary(Buffer.from('Für Sie gibt es hier nichts', 'latin1').toString('utf8')));
  assert.ok(!isBinary('\u001b[31mred\u001b[0m'));
  assert.ok(isMarkup('\ufeff\n<?xml version="1.0"?>') && !isMarkup('a < b'));
});
