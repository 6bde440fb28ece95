import { test } from 'node:test';
import { multiDocument } from '#core/rules/format/multi-document.ts';
import { checkRule } from '../../../support/caret.ts';

test('a second document is never read', () => {
  checkRule(
    multiDocument,
    `messages:
  - role: user
    content: Hello
---
^^^ warning: Only the first YAML document is read
messages: []
`,
  );
});

test('a file may begin with --- and end with ...', () => {
  checkRule(multiDocument, '---\nmessages:\n  - role: user\n    content: Hello\n...\n');
});

test('--- inside a text is text', () => {
  checkRule(
    multiDocument,
    'messages:\n  - role: user\n    content: |\n      a\n      ---\n      b\n',
  );
});
