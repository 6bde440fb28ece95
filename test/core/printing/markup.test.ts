import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCsvRow } from '#core/printing/csv.ts';
import { escapeForHover, formatHoverCode, hover } from '#core/printing/hover.ts';
import { escapeForHtml, html } from '#core/printing/html.ts';
import { escapeForMarkdown, formatMarkdownCode, markdown } from '#core/printing/markdown.ts';
import { renderMarkdownTable } from '#core/printing/markdown-table.ts';
import { joinParagraphs, joinSafe } from '#core/printing/safe-text.ts';
import { escapeForXml, formatXmlAttributes, xml } from '#core/printing/xml.ts';

test('the compiler lets no text into a template that its sink has not made', () => {
  const text: string = '<img src=x>';
  // @ts-expect-error: nobody has escaped it
  assert.equal(html`<p>${text}</p>`, '<p><img src=x></p>');
  // @ts-expect-error: it was escaped for Markdown
  assert.equal(html`${escapeForMarkdown('<b>')}`, '\\<b\\>');
  // @ts-expect-error: nobody has escaped it
  assert.equal(xml`<a>${text}</a>`, '<a><img src=x></a>');
  // @ts-expect-error: nobody has escaped it
  assert.equal(markdown`- ${text}`, '- <img src=x>');
  // @ts-expect-error: nobody has escaped it
  assert.equal(hover`- ${text}`, '- <img src=x>');
  assert.equal(html`<p>${escapeForHtml(text)} ${3}</p>`, '<p>&lt;img src=x&gt; 3</p>');
  assert.equal(joinSafe([html`a`, escapeForHtml('<')], '<br>'), 'a<br>&lt;');
});

test('Markdown shows any text as it is: no emphasis, link, picture, tag, list or heading of its own', () => {
  const table: [text: string, shown: string][] = [
    ['support/triage.prompt.yaml', 'support/triage.prompt.yaml'],
    ['*a* _b_ ~~c~~ `d`', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\`'],
    ['![x](http://a.example/p.png)', '!\\[x\\](http\\://a.example/p.png)'],
    ['[x](command:a.b?%5B%5D)', '\\[x\\](command:a.b?%5B%5D)'],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['see www.a.example or a@b.example', 'see www\\.a.example or a\\@b.example'],
    ['o200k_base', 'o200k_base'],
    ['a | b', 'a \\| b'],
    ['# head', '\\# head'],
    ['- item\n+ item\n1. item', '\\- item + item 1. item'],
    ['1. item', '1\\. item'],
    ['===', '\\==='],
    ['1.5', '1.5'],
    ['back\\slash', 'back\\\\slash'],
    ['a\u202eb\u001b', 'a⟦U+202E⟧b␛'],
  ];
  for (const [text, shown] of table) {
    assert.equal(escapeForMarkdown(text), shown);
    assert.equal(escapeForHover(text), shown);
  }
});

test('a hover has no icon of VS Code of its own', () => {
  assert.equal(escapeForHover('$(rocket) $0.15'), '\\$(rocket) $0.15');
});

test('Markdown of a pull request notifies nobody, links nothing, and has no formula or emoji of its own', () => {
  const table: [text: string, shown: string][] = [
    ['ask @octocat or @scope/team', 'ask @&#8203;octocat or @&#8203;scope/team'],
    ['see #12, a/b#3 and GH-4', 'see #&#8203;12, a/b#&#8203;3 and GH-&#8203;4'],
    ['#12', '\\#&#8203;12'],
    ['\\@octocat \\#3', '\\\\@&#8203;octocat \\\\#&#8203;3'],
    ['$x$ and $(y)', '<span>$</span>x<span>$</span> and <span>$</span>(y)'],
    ['$5, 10$, \\$z', '$5, 10<span>$</span>, \\\\<span>$</span>z'],
    ['a :tada: b', 'a :&#8203;tada: b'],
    ['at 10:30, a@b.example, # 1', 'at 10:30, a\\@b.example, # 1'],
  ];
  for (const [text, shown] of table) assert.equal(escapeForMarkdown(text), shown);
});

test('inline code has more backticks around it than inside, stands on one line and is cut between characters', () => {
  const table: [text: string, code: string][] = [
    ['a', '`a`'],
    ['{{x}}\n  b', '`{{x}} b`'],
    ['a`b', '`` a`b ``'],
    ['``` a `', '```` ``` a ` ````'],
    ['', '(empty)'],
    [' \n ', '(empty)'],
    ['12345678901', '`123456789…`'],
    ['12345678😀01', '`12345678…`'],
  ];
  for (const [text, code] of table) {
    assert.equal(formatMarkdownCode(text, 10), code);
    assert.equal(formatHoverCode(text, 10), code);
  }
});

test('a table has a line for each row, and numbers to the right', () => {
  const columns = [{ heading: hover`Name` }, { heading: hover`Cost`, isNumber: true }];
  assert.equal(
    renderMarkdownTable(columns, [[escapeForHover('a|b'), escapeForHover('$1')]]),
    '| Name | Cost |\n| :-- | --: |\n| a\\|b | $1 |',
  );
  assert.equal(joinParagraphs(hover`a`, false, null, hover``, hover`b`), 'a\n\nb');
});

test('HTML and XML show any text; what they cannot contain becomes U+FFFD', () => {
  assert.equal(escapeForHtml(`<&>"'\0\ud800`), '&lt;&amp;&gt;&quot;&#39;\ufffd\ufffd');
  assert.equal(
    escapeForXml('<&>"\u0001\u001b\ufffe\udc00'),
    '&lt;&amp;&gt;&quot;\ufffd\ufffd\ufffd\ufffd',
  );
  assert.equal(formatXmlAttributes({ a: 'x"\n<', n: 3 }), ' a="x&quot;&#10;&lt;" n="3"');
});

test('no cell of a CSV row is a formula, ends its row or its column', () => {
  assert.equal(formatCsvRow(['a', 1, null, -1]), 'a,1,,-1\r\n');
  assert.equal(formatCsvRow(['=1+1', '+1', '-1', '@a', '\ta']), "'=1+1,'+1,'-1,'@a,'\ta\r\n");
  assert.equal(formatCsvRow(['a"b', 'a,b', 'a\nb', '\r=1']), `"a""b","a,b","a\nb","'\r=1"\r\n`);
});
