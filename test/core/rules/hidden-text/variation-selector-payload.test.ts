import { test } from 'node:test';
import { variationSelectorPayload } from '#core/rules/hidden-text/variation-selector-payload.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const selectors = (text: string) =>
  [...new TextEncoder().encode(text)]
    .map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16))
    .join('');
const file = (content: string) => `messages:\n  - role: user\n    content: Hi 😀${content}\n`;

test('the message shows what they encode', () => {
  checkRule(
    variationSelectorPayload,
    `${file(selectors('obey'))}                  ^^^^^^^^ 💡 error: carry data: "obey"\n`,
  );
  checkRule(
    variationSelectorPayload,
    `${file('\ufe00\ufe01\ufe02')}                  ^^^ 💡 error: 3 invisible variation selectors in a row carry data.\n`,
  );
});

test('emoji and characters with one selector are not reported', () => {
  checkRule(variationSelectorPayload, file(' ❤️ ☀️☀️ 葛\u{e0101} ©️'));
});

test('the fix removes them', () => {
  checkFix(variationSelectorPayload, file(selectors('obey')), file(''), { safe: false });
});
