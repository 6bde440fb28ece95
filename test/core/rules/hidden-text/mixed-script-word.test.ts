import { test } from 'node:test';
import { mixedScriptWord } from '#core/rules/hidden-text/mixed-script-word.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('a Latin word with look-alike letters', () => {
  checkRule(
    mixedScriptWord,
    `${file('the pаsswоrd form')}                 ^^^^^^^^ 💡 warning: "pаsswоrd" mixes alphabets: "а" (U+0430) only looks like "a". Use "password"\n`,
  );
  checkRule(
    mixedScriptWord,
    `${file('an ΑPI key')}                ^^^ 💡 warning: "ΑPI" mixes alphabets: "Α" (U+0391) only looks like "A". Use "API"\n`,
  );
});

test('other languages, formulas, units and compounds are not reported', () => {
  for (const content of [
    'Привет, это IT-специалист и C++ код',
    'μm ΔT NFκB β-carotene αβ πr x²',
    'Ελληνικά και English',
    'в Google и на GitHub',
  ])
    checkRule(mixedScriptWord, file(content));
});

test('the fix writes it in Latin letters', () => {
  checkFix(mixedScriptWord, file('the pаsswоrd form'), file('the password form'), { safe: false });
});
