import { test } from 'node:test';
import { untrustedInSystem } from '#core/rules/injection/untrusted-in-system.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const declared = (trust: string) => `variables:\n  - { name: x, trust: ${trust} }\n`;

test('a declared value in the system message is an error, once per message', () => {
  checkRule(
    untrustedInSystem,
    `${declared('external')}messages:
  - role: system
    content: "About {{x}}, and {{x}} again."
                    ^^^^^ 💡 error: \`x\` is third-party text and ranks as your own instructions here
  - role: user
    content: "{{x}}"
`,
  );
  checkRule(
    untrustedInSystem,
    `messages:
  - role: system
    content: "For {{x}}."
                  ^^^^^ error: \`x\` is user input and ranks as your own instructions here. Move it to a user message, between tags
`.replace('^^^^^ error', '^^^^^ 💡 error'),
    { settings: { variables: { x: { trust: 'user' } } } },
  );
});

test('a taint by name only is informational', () => {
  checkRule(
    untrustedInSystem,
    `messages:
  - role: system
    content: "The issue: {{issue_body}}"
                         ^^^^^^^^^^^^^^ 💡 info: \`issue_body\` looks like third-party text (by its name) and ranks as your own instructions here
`,
  );
});

test('trusted and unknown values, and other messages, are not reported', () => {
  checkRule(
    untrustedInSystem,
    `${declared('trusted')}messages:
  - role: system
    content: "Answer in {{language}} as {{persona}} for {{company_x}} about {{x}}."
  - role: user
    content: "{{issue_body}}"
`,
  );
});

test('the fix refers to tags and moves the value to the user message', () => {
  checkFix(
    untrustedInSystem,
    `${declared('user')}messages:
  - role: system
    content: |
      Help with {{x}} today.
  - role: user
    content: Go on.
`,
    `${declared('user')}messages:
  - role: system
    content: |
      Help with the text in the <x> tags today.
  - role: user
    content: |-
      Go on.

      <x>
      {{x}}
      </x>
`,
    { safe: false },
  );
});

test('without a user message, the fix adds one', () => {
  checkFix(
    untrustedInSystem,
    `${declared('user')}messages:
  - role: system
    content: Help with {{x}}.
`,
    `${declared('user')}messages:
  - role: system
    content: Help with the text in the <x> tags.
  - role: user
    content: "<x>\\n{{x}}\\n</x>"
`,
    { safe: false },
  );
});

test('a block that has its tags moves with them', () => {
  checkFix(
    untrustedInSystem,
    `${declared('external')}messages:
  - role: system
    content: |
      Answer from the text in <x> tags.
      <x kind="page">
      {{x}}
      </x>
      Be short.
  - role: user
    content: Go on.
`,
    `${declared('external')}messages:
  - role: system
    content: |
      Answer from the text in <x> tags.
      The text in the <x> tags
      Be short.
  - role: user
    content: |-
      Go on.

      <x kind="page">
      {{x}}
      </x>
`,
    { safe: false },
  );
});
