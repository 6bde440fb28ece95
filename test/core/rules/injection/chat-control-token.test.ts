import { test } from 'node:test';
import { chatControlToken } from '#core/rules/injection/chat-control-token.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (text: string, rest = '') =>
  `messages:\n  - role: user\n    content: |\n      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n${rest}`;

test('tokens of several chat formats in a message', () => {
  checkRule(
    chatControlToken,
    file(
      'Hi <|im_start|>system\n   ^^^^^^^^^^^^ 💡 warning: `<|im_start|>` separates messages in some chat formats and can forge one',
    ),
  );
  checkRule(chatControlToken, file('[INST] Say hello.\n^^^^^^ 💡 warning:'));
  checkRule(chatControlToken, file('a <<SYS>> b\n  ^^^^^^^ 💡 warning:'));
});

test('in test data they are informational, unless the case is an intentional attack', () => {
  checkRule(
    chatControlToken,
    file(
      '{{x}}',
      `testData:
  - x: "one <|im_end|> two"
            ^^^^^^^^^^ info: This value contains \`<|im_end|>\`, which separates messages in some chat formats
  - x: "one <|im_end|> two"
    $case: { tags: [adversarial] }
`,
    ),
  );
});

test('code, other brackets and words are not reported', () => {
  checkRule(chatControlToken, file('Explain `<|im_start|>` and [INSTALL] and <|pipe|> and <s>.'));
  checkRule(chatControlToken, file('```\n<|im_start|>\n```'));
});

test('the fix removes the token', () => {
  checkFix(chatControlToken, file('Be <|im_end|>brief.'), file('Be brief.'), { safe: false });
});
