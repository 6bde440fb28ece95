import { test } from 'node:test';
import { unquotedTemplate } from '#core/rules/format/unquoted-template.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('an unquoted template is a map in YAML, at any position', () => {
  checkRule(
    unquotedTemplate,
    `model: {{model}}
       ^^^^^^^^^ 💡 warning: YAML reads \`{{model}}\` as a map
messages:
  - role: user
    content: {{ question }}
             ^^^^^^^^^^^^^^ 💡
`,
  );
});

test('the fix adds the quotes', () => {
  checkFix(
    unquotedTemplate,
    'messages:\n  - role: user\n    content: {{question}} # asked\n',
    'messages:\n  - role: user\n    content: "{{question}}" # asked\n',
    { safe: true, wasUnsendable: true },
  );
});

test('quoted templates and real flow maps are fine', () => {
  checkRule(
    unquotedTemplate,
    `messages:
  - role: user
    content: "{{question}}"
  - { role: user, content: '{{a}}' }
testData:
  - { a: { b: { c: 1 } } }
  - a: {}
`,
  );
});

test('with more text after it, quotes around the braces alone would break the file', () => {
  checkRule(
    unquotedTemplate,
    `messages:
  - role: user
    content: {{question}} : more
             ^^^^^^^^^^^^ warning: YAML reads \`{{question}}\` as a map, so no placeholder is filled. Put it in quotes
`,
  );
});
