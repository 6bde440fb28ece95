import { test } from 'node:test';
import { invisibleCharacter } from '#core/rules/hidden-text/invisible-character.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('zero-width characters, soft hyphens and marks inside Latin text', () => {
  checkRule(
    invisibleCharacter,
    `${file('ab\u200bc')}               ^ 💡 warning: An invisible character (U+200B, zero width space)\n`,
  );
  checkRule(
    invisibleCharacter,
    `${file('ab\u00ad\u2060\u200dc')}               ^^^ 💡 warning: 3 invisible characters (the first is U+00AD, soft hyphen)\n`,
  );
  checkRule(
    invisibleCharacter,
    `${file('"ab\\u200Fc"')}                ^^^^^^ 💡 warning: right-to-left mark\n`,
  );
});

test('emoji, scripts that join letters, right-to-left text and the byte order mark are not reported', () => {
  for (const content of [
    '👩‍💻 👨‍👩‍👧 ❤️ 1️⃣ ☀️ 🏳️‍🌈',
    'می‌خواهم क्‍ष ශ්‍රී',
    'שלום \u200fabc',
    'สวัสดี\u200bครับ',
  ])
    checkRule(invisibleCharacter, file(content));
  checkRule(invisibleCharacter, `\ufeff${file('hello')}`);
});

test('the fix removes it', () => {
  checkFix(invisibleCharacter, file('ab\u200bc'), file('abc'), { safe: false });
});
