import { test } from 'node:test';
import { yamlSyntax } from '#core/rules/format/yaml-syntax.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('a template that begins a plain text is one error, with the place and a fix', () => {
  checkRule(
    yamlSyntax,
    `messages:
  - role: user
    content: {{question}} Answer briefly.
                          ^^^^^^^^^^^^^^^ 💡 error: needs quotes
`,
  );
});

test('keys that stand twice, tabs and unknown aliases are errors', () => {
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

test('a file that is no prompt, and an empty one, may be valid YAML', () => {
  checkRule(yamlSyntax, '');
  checkRule(yamlSyntax, '- a\n- b\n');
  checkRule(yamlSyntax, 'messages: []\n');
});

test('the fix quotes from the brace to the end of the line, and leaves a comment', () => {
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
