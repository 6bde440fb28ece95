import { test } from 'node:test';
import { yamlSyntax } from '#core/rules/format/yaml-syntax.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

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
  checkRule(yamlSyntax, 'modelParameters:\n\ttemperature: 1\n^ Tabs cannot indent YAML\n');
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
