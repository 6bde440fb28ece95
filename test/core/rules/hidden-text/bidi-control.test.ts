import { test } from 'node:test';
import { bidiControl } from '#core/rules/hidden-text/bidi-control.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('in values, keys and comments, literal and escaped', () => {
  checkRule(
    bidiControl,
    `# pay \u202eeno
      ^ 💡 error: U+202E displays text in a different order from what the model reads. Remove it
messages:
  - role: user
    content: "a \\u2066 b"
                ^^^^^^ 💡 error: U+2066
testData:
  - "k\u202a": one
      ^ 💡 error: U+202A
`,
  );
});

test('Arabic and Hebrew text, and a literal backslash, are not reported', () => {
  checkRule(
    bidiControl,
    `messages:
  - role: user
    content: 'مرحبا שלום \\u202e "\\\\u202e"'
`,
  );
});

test('broken files and files that are not prompts are checked too', () => {
  checkRule(bidiControl, 'other: \u202e\n       ^ 💡 error:\n');
  checkRule(bidiControl, 'messages: [\u202e\n           ^ 💡 error:\n');
});

test('the fix removes it', () => {
  checkFix(bidiControl, 'messages: [] # a\u202eb\n', 'messages: [] # ab\n', { safe: false });
  checkFix(
    bidiControl,
    'messages:\n  - role: user\n    content: "a\\u202Eb"\n',
    'messages:\n  - role: user\n    content: "ab"\n',
    { safe: false },
  );
});
