import { test } from 'node:test';
import { controlOrOddSpace } from '#core/rules/hidden-text/control-or-odd-space.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('no-break spaces, line separators and control characters', () => {
  checkRule(
    controlOrOddSpace,
    `${file('a\u00a0b')}              ^ 💡 info: U+00A0 (no-break space) looks like a space but is another token. Use an ordinary space\n`,
  );
  checkRule(
    controlOrOddSpace,
    `${file('"a\\u2028b"')}               ^^^^^^ 💡 info: line separator\n`,
  );
  checkRule(
    controlOrOddSpace,
    `${file('"a\\eb"')}               ^^ 💡 info: U+001B (escape) does not belong in a prompt. Remove it\n`,
  );
});

test('spaces that languages and numbers use are not reported', () => {
  for (const content of [
    'Bonjour\u00a0!',
    '«\u00a0oui\u00a0»',
    '10\u202f000 €',
    '§\u00a07',
    '你好\u3000世界',
    'a\tb',
  ])
    checkRule(controlOrOddSpace, file(content));
});

test('the fix writes an ordinary space', () => {
  checkFix(controlOrOddSpace, file('a\u00a0b'), file('a b'), { safe: false });
});

test('the data of a case may contain unusual spaces, but not control characters', () => {
  checkRule(
    controlOrOddSpace,
    `messages:
  - role: user
    content: "{{x}}"
testData:
  - x: "Spain\\u00A0(ESP)"
  - x: "a\\u001Fb"
         ^^^^^^ 💡 info: U+001F
`,
  );
});
