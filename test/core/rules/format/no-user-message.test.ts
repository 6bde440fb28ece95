import { test } from 'node:test';
import { noUserMessage } from '#core/rules/format/no-user-message.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

test('the request is in an assistant message', () => {
  checkRule(
    noUserMessage,
    `messages:
  - role: system
    content: You name rivers.
  - role: assistant
          ^^^^^^^^^ 💡 warning: The model takes this message for its own earlier answer
    content: Name the longest one in {{country}}.
`,
  );
});

test('only system messages, in a prompt with test rows', () => {
  checkRule(
    noUserMessage,
    `messages:
  - role: system
    content: You name rivers.
  - role: system
          ^^^^^^ 💡 info: there is nothing to answer
    content: Name the longest one in {{country}}.
testData:
  - country: Ghana
`,
  );
});

test('the fix makes it the user’s', () => {
  const file = (role: string) => `messages:\n  - content: Name a river.\n    role: ${role} # ask\n`;
  checkFix(noUserMessage, file('"assistant"'), file('"user"'), { safe: false });
});

test('no finding with a user message, or where a conversation is added later', () => {
  checkRule(
    noUserMessage,
    'messages:\n  - role: user\n    content: Hi\n  - role: assistant\n    content: "{"\n',
  );
  checkRule(noUserMessage, 'messages:\n  - role: system\n    content: You name rivers.\n');
});

test('no finding in a half-written file', () => {
  checkRule(noUserMessage, 'messages:\n  - role: assistant\n    content: Hi\n  - role: \n');
  checkRule(
    noUserMessage,
    'messages:\n  - role: assistant\n    content: Hi\n  - role: human\n    content: Hi\n',
  );
  checkRule(noUserMessage, 'messages: []\ntestData:\n  - a: 1\n');
});
