import { test } from 'node:test';
import { untrustedInsideInstruction } from '#core/rules/injection/untrusted-inside-instruction.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (content: string, declaration = 'name: x, trust: user') =>
  `variables: [{ ${declaration} }]\nmessages:\n  - role: user\n    content: ${content}\n`;

test('a value in a sentence, once per message', () => {
  checkRule(
    untrustedInsideInstruction,
    file(
      'Write about {{x}} in four lines, and name {{x}}.\n                         ^^^^^ 💡 warning: `x` is user input and reads as part of this instruction',
    ),
  );
});

test('a taint by name only is informational', () => {
  checkRule(
    untrustedInsideInstruction,
    `messages:
  - role: user
    content: Write about {{topic}} in four lines.
                         ^^^^^^^^^ 💡 info: \`topic\` looks like user input (by its name) and reads as part of this instruction
`,
  );
});

test('a number, an enum, a trusted value and a label are not reported', () => {
  const text = 'Write about {{x}} in four lines.';
  for (const declaration of [
    'name: x, type: integer',
    'name: x, enum: [a, b]',
    'name: x, trust: trusted',
  ])
    checkRule(untrustedInsideInstruction, file(text, declaration));
  checkRule(untrustedInsideInstruction, file('"Topic: {{x}}"'));
  checkRule(untrustedInsideInstruction, file('Write in {{language}}.', 'name: language'));
});

test('the fix refers to tags and adds the block', () => {
  checkFix(
    untrustedInsideInstruction,
    file('Write about {{x}} in four lines.'),
    file(
      '|-\n      Write about the text in the <x> tags in four lines.\n\n      <x>\n      {{x}}\n      </x>',
    ),
    { safe: false },
  );
});

test('if the value is in tags already, the fix refers to those', () => {
  const text = (first: string) =>
    `|\n      Write about ${first}.\n      <poem>\n      {{x}}\n      </poem>`;
  checkFix(
    untrustedInsideInstruction,
    file(text('{{x}} today')),
    file(text('the text in the <poem> tags today')),
    { safe: false },
  );
});
