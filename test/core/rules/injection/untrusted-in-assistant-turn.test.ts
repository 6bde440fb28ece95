import { test } from 'node:test';
import { untrustedInAssistantTurn } from '#core/rules/injection/untrusted-in-assistant-turn.ts';
import { checkRule } from '../../../support/caret.ts';

const file = (name: string, trust: string) => `variables:
  - { name: ${name}, trust: ${trust} }
messages:
  - role: assistant
    content: "{{${name}}}"
  - role: user
    content: "{{${name}}}"
`;

test('a third-party value as the model’s own words', () => {
  checkRule(
    untrustedInAssistantTurn,
    file('x', 'user').replace(
      '"{{x}}"\n',
      '"{{x}}"\n              ^^^^^ info: `x` is user input and is presented here as the model\'s own words\n',
    ),
  );
});

test('trusted values, and taints by name only outside audit mode, are not reported', () => {
  checkRule(untrustedInAssistantTurn, file('reply', 'trusted'));
  checkRule(
    untrustedInAssistantTurn,
    'messages:\n  - role: assistant\n    content: "{{email}}"\n',
    { settings: { mode: 'recommended' } },
  );
});
