import { test } from 'node:test';
import { forgeableDelimiter } from '#core/rules/injection/forgeable-delimiter.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (text: string, trust = 'external') =>
  `variables:\n  - { name: x, trust: ${trust} }\nmessages:\n  - role: user\n    content: |\n      ${text.replaceAll(/\n(?=.)/g, '\n      ')}\n`;

test('third-party text in a fence or triple quotes is a warning', () => {
  checkRule(
    forgeableDelimiter,
    file(
      'Sum up.\n```\n{{x}}\n^^^^^ 💡 warning: `x` is third-party text and may contain its own closing delimiter, a code fence. Use a tag instead\n```',
    ),
  );
  checkRule(
    forgeableDelimiter,
    file('Sum up.\n"""\n{{x}}\n^^^^^ 💡 warning: triple quotation mark\n"""'),
  );
});

test('a user’s text there, and quotation marks and rules, are hints', () => {
  checkRule(
    forgeableDelimiter,
    file('Sum up.\n```\n{{x}}\n^^^^^ 💡 hint: code fence\n```', 'user'),
  );
  checkRule(
    forgeableDelimiter,
    file('Translate "{{x}}" please.\n           ^^^^^ hint: quotation mark'),
  );
  checkRule(forgeableDelimiter, file('Sum up.\n---\n{{x}}\n^^^^^ hint: line `---`\n---'));
});

test('tags, no delimiter and trusted values are not reported', () => {
  checkRule(forgeableDelimiter, file('Sum up.\n<x>\n{{x}}\n</x>'));
  checkRule(forgeableDelimiter, file('Sum up.\n{{x}}'));
  checkRule(forgeableDelimiter, file('Sum up.\n```\n{{x}}\n```', 'trusted'));
});

test('a taint by name only is reported only in audit mode, not otherwise', () => {
  const text = 'messages:\n  - role: user\n    content: "Sum up \\"{{diff}}\\" now."\n';
  checkRule(forgeableDelimiter, text, { settings: { mode: 'recommended' } });
});

test('a name of third-party text in a fence is a hint, one of a user’s text is none', () => {
  const file = (name: string, marks = '') =>
    `messages:\n  - role: user\n    content: |\n      Sum up.\n      \`\`\`\n      {{${name}}}\n${marks}      \`\`\`\n`;
  const settings = { mode: 'recommended' };
  checkRule(forgeableDelimiter, file('git-diff', '      ^^^^^^^^^^^^ 💡 hint: by its name\n'), {
    settings,
  });
  checkRule(forgeableDelimiter, file('question'), { settings });
  checkRule(forgeableDelimiter, file('language'), { settings });
});

test('the fix uses tags instead', () => {
  checkFix(
    forgeableDelimiter,
    file('Sum up.\n```text\n{{x}}\n```\nBe brief.'),
    file('Sum up.\n<x>\n{{x}}\n</x>\nBe brief.'),
    { safe: false },
  );
});
