import { test } from 'node:test';
import { undelimitedUntrusted } from '#core/rules/injection/undelimited-untrusted.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const head = `variables:
  - { name: x, trust: external }
messages:
  - role: user
    content: |
`;
const message = (text: string) => `${head}      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n`;

test('at the beginning, at the end and between paragraphs it is a warning', () => {
  for (const text of [
    'Sum up.\n{{x}}\n^^^^^ 💡 warning: `x` is third-party text, but nothing shows where it ends\nBe brief.',
    '{{x}}\n^^^^^ 💡 warning:\nSum this up.',
    'Please sum up what the customer wrote to us today: {{x}}\n                                                   ^^^^^ 💡 warning:',
  ])
    checkRule(undelimitedUntrusted, message(text));
});

test('after a label it is informational', () => {
  checkRule(undelimitedUntrusted, message('Question: {{x}}\n          ^^^^^ 💡 info:\nBe brief.'));
  checkRule(
    undelimitedUntrusted,
    message('## Issue\n\n{{x}}\n^^^^^ 💡 info:\n\n## Rules\nBe brief.'),
  );
});

test('a taint by name only is reported in serious places, and elsewhere only in audit mode', () => {
  const grave = `messages:
  - role: user
    content: |
      Sum up.
      {{diff}}
      ^^^^^^^^ 💡 info: \`diff\` looks like third-party text (by its name), but nothing shows where it ends
      Be brief.
`;
  const settings = { mode: 'recommended' };
  checkRule(undelimitedUntrusted, grave, { settings });
  const label = `messages:
  - role: user
    content: "Diff: {{diff}}"
                    ^^^^^^^^ 💡 info:
`;
  checkRule(undelimitedUntrusted, label);
  checkRule(undelimitedUntrusted, label.replace(/ +\^.*\n/, ''), { settings });
});

test('a whole message, tags, fences, quotation marks and trusted values are not reported', () => {
  for (const text of [
    '{{x}}',
    '<page>\n{{x}}\n</page>\nSum up.',
    'Sum up:\n```\n{{x}}\n```',
    'Translate "{{x}}" please.',
    'Sum up.\n{{language}}\nBe brief.',
  ])
    checkRule(undelimitedUntrusted, message(text));
});

test('the fix puts tags on lines of their own', () => {
  const fix = (before: string, after: string) =>
    checkFix(undelimitedUntrusted, message(before), message(after), { safe: false });
  fix('Sum up.\n\n{{x}}\n\nBe brief.', 'Sum up.\n\n<x>\n{{x}}\n</x>\n\nBe brief.');
  fix('- Page: {{x}}\n- Tone: kind', '- Page:\n<x>\n{{x}}\n</x>\n- Tone: kind');
  fix('Use <x> for y.\n{{x}}', 'Use <x> for y.\n<x_text>\n{{x}}\n</x_text>');
});

test('a text on one line becomes a block', () => {
  const file = (content: string) =>
    `variables: [{ name: x, trust: user }]\nmessages:\n  - role: user\n    content: ${content}\n`;
  checkFix(
    undelimitedUntrusted,
    file('"Please answer this customer in a friendly way: {{x}}"'),
    file(
      '|-\n      Please answer this customer in a friendly way:\n      <x>\n      {{x}}\n      </x>',
    ),
    { safe: false },
  );
});
