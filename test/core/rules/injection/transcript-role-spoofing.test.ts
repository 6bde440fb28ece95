import { test } from 'node:test';
import { transcriptRoleSpoofing } from '#core/rules/injection/transcript-role-spoofing.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (text: string, head = '') =>
  `${head}messages:\n  - role: user\n    content: |\n      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n`;

test('a value as a turn of a transcript', () => {
  checkRule(
    transcriptRoleSpoofing,
    file(
      'Be kind.\nUser: {{x}}\n      ^^^^^ 💡 warning: A line with `Assistant:` in `x` forges a turn of this transcript\nAssistant:',
    ),
  );
  checkRule(
    transcriptRoleSpoofing,
    file('**Human**: {{x}}\n           ^^^^^ 💡 warning:\n\n**AI**: '),
  );
});

test('sections, a single speaker and trusted values are not reported', () => {
  for (const text of [
    'Question: {{x}}\nAnswer:',
    'User: {{x}}\nBe brief.',
    'Input: {{x}}\nOutput:',
    'The user: {{x}}\nAssistant:',
    'User: <x>{{x}}</x>\nAssistant:',
  ])
    checkRule(transcriptRoleSpoofing, file(text));
  checkRule(
    transcriptRoleSpoofing,
    file('User: {{x}}\nAssistant:', 'variables: [{ name: x, trust: trusted }]\n'),
  );
});

test('the fix puts the value in tags', () => {
  checkFix(
    transcriptRoleSpoofing,
    file('User: {{x}}\nAssistant:'),
    file('User:\n<x>\n{{x}}\n</x>\nAssistant:'),
    { safe: false },
  );
});
