import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yamlSyntax } from '#core/rules/format/yaml-syntax.ts';
import { checkFix, checkRule, lintText } from '../../../support/caret.ts';

test('a template at the beginning of plain text is one error, with a span and a fix', () => {
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: {{question}} Answer briefly.
                          ^^^^^^^^^^^^^^^ 💡 error: needs quotes
`,
  );
});

test('duplicate keys, tabs and unknown aliases are errors', () => {
  checkRule(
    yamlSyntax,
    `name: a
name: b
^^^^ error: appears twice
model: *nobody
       ^^^^^^^ \`&nobody\`
`,
  );
  checkRule(yamlSyntax, 'modelParameters:\n\ttemperature: 1\n^ 💡 Tabs cannot indent YAML\n');
});

test('files that are not prompts and empty files are fine if their YAML is valid', () => {
  checkRule(yamlSyntax, '');
  checkRule(yamlSyntax, '- a\n- b\n');
  checkRule(yamlSyntax, 'messages: []\n');
});

test('the fix quotes from the brace to the end of the line, without a comment', () => {
  checkFix(
    yamlSyntax,
    `messages:
  - role: user
    content: {{question}} Say "yes" or "no". # short
`,
    `messages:
  - role: user
    content: "{{question}} Say \\"yes\\" or \\"no\\"." # short
`,
    { safe: true, wasUnsendable: true },
  );
});

test('an error elsewhere on a line with a quoted template gets no such fix', () => {
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: "{{question}}" and more
                            ^^^^^^^^
`,
  );
});

test('tabs are one finding, and the fix replaces all of them', () => {
  const text = `messages:
\t- role: user
\t  content: a
\t- role: user
\t  content: |
\t    a\tb
`;
  checkRule(
    yamlSyntax,
    text.replace('user\n', 'user\n^ 💡 error: 5 lines of this file begin with one\n'),
  );
  checkFix(yamlSyntax, text, text.replaceAll('\n\t', '\n  '), { safe: true, wasUnsendable: true });
});

test('tabs in a file with other mistakes get no fix', () => {
  checkRule(
    yamlSyntax,
    'modelParameters:\n\ttemperature: 1\n^ error: Tabs cannot indent YAML\nname: a: b\n',
  );
});

test('a statement of a template language is one finding', () => {
  checkRule(
    yamlSyntax,
    `{% if long %}
^^^^^^^^^^^^^ error: a statement of a template language
messages:
  - role: user
    content: a: b
{% endif %}
`,
  );
});

test('a string or a bracket that is never closed is reported where it begins', () => {
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: "Sum it up
             ^ error: add a closing "
  - role: user
    content: "Be brief"
`,
  );
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: 'It''s short
             ^ error: add a closing '
name: a
`,
  );
  checkRule(yamlSyntax, `tags: [a, "b]"\n      ^ error: is not closed: add \`]\`\nmessages: []\n`);
});

test('wrong indentation is reported on the text of the line', () => {
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
  content: Hi
  ^^^^^^^^^^^ error: the keys of a map start in the same column
model: a
`,
  );
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: |
      Sum it up.
  In one line.
  ^^^^^^^^^^^^ error: This line is neither
  {{text}}
`,
  );
});

test('messages are never the parser’s own', () => {
  for (const text of [
    'a: "\\d"',
    'a: @b',
    'a: [b,, c]',
    'a: {b c, d: e f: g}',
    'a: | b\n  c',
    'a: b#c\n- d',
    'a: *\n',
    'a: &x *x',
    '%a\nname: b',
    'a:\n  - b\n c',
    'a:\n  - b\n   d: e',
    '- a\nb: c',
    'a: "b" c',
    '? a\n? b\n c',
    'a: |\n     \n  b',
    'a: %b',
    'a: !!map [b]',
    'a: "b"#c',
  ])
    for (const { message } of lintText(yamlSyntax, `messages: []\n${text}\n`))
      assert.doesNotMatch(
        message,
        /token|stream|[Ii]mplicit|Missing|[Ff]low|scalar|node|collection/,
        text,
      );
});
