import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateInstruction } from '#core/rules/contradictions/duplicate-instruction.ts';
import { checkFix, checkRule, lintText } from '../../../support/caret.ts';

const sentence = 'Always answer in the language of the question.';
const file = (system: string, user = 'Go on.') =>
  `messages:\n  - role: system\n    content: |\n${system}  - role: user\n    content: ${user}\n`;

test('a repeated sentence, in one message or two', () => {
  checkRule(
    duplicateInstruction,
    `messages:
  - role: system
    content: |
      Be kind. ${sentence}
      always answer in the language of the question
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 info: This sentence repeats an earlier one. Keep only one of them
  - role: user
    content: ${sentence} {{question}}
`
      .replace(' {{question}}', '')
      .replace(
        `content: ${sentence}\n`,
        `content: ${sentence}\n             ${'^'.repeat(sentence.length)} 💡 info:\n`,
      ),
  );
});

test('the fix removes the line', () => {
  checkFix(
    duplicateInstruction,
    file(`      ${sentence}\n      Be brief.\n      ${sentence}\n`),
    file(`      ${sentence}\n      Be brief.\n`),
    { safe: false },
  );
});

test('labels, code, markup, placeholders and examples are not reported', () => {
  checkRule(duplicateInstruction, file('      Be brief.\n      Be brief.\n'));
  checkRule(
    duplicateInstruction,
    file('      ```\n      a b c d e f g\n      a b c d e f g\n      ```\n'),
  );
  const markup = '      <item kind="a" size="b" tone="c" mood="d">\n';
  checkRule(duplicateInstruction, file(markup + markup));
  const filled = '      Answer the question {{question}} in one short sentence\n';
  checkRule(duplicateInstruction, file(filled + filled));
  checkRule(
    duplicateInstruction,
    `messages:\n  - { role: user, content: ${sentence} }\n  - { role: assistant, content: ${sentence} }\n`,
  );
});

test('data, check boxes and sentences without an instruction are not reported', () => {
  for (const line of [
    '"light": "soft winter light with blue reflections on snow",',
    '- [ ] The pages are properly implemented where you need them',
    'In this example the old line has been moved to another file.',
    'The example does not match **what you would use here**:',
    'Do not use only bullet points in this section.',
    'What country and what region or city are you in?',
    'Answer: """You must always see the moon as it is."""',
    'The example’s old line has been moved to another file.',
    'Use stable names (e.g., `A-1`) for all of the items you write',
  ])
    checkRule(duplicateInstruction, file(`      ${line}\n      ${line.replace('A-1', 'B-2')}\n`));
});

test('texts on both sides of a separator may be equal', () => {
  const text = (between: string): string =>
    JSON.stringify(
      `Only use commands that are in the repository.\n${between}FILE\nOnly use commands that are in the repository.`,
    );
  const found = lintText(
    duplicateInstruction,
    `messages:\n  - role: user\n    content: ${text('')}\n`,
  );
  assert.equal(found.length, 1);
  checkRule(duplicateInstruction, `messages:\n  - role: user\n    content: ${text('\u001f')}\n`);
});
