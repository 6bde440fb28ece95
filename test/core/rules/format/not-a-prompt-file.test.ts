import { test } from 'node:test';
import { notAPromptFile } from '#core/rules/format/not-a-prompt-file.ts';
import { checkRule } from '../../../support/caret.ts';

test('a map without messages and with an unknown key is not a prompt', () => {
  checkRule(
    notAPromptFile,
    `name: Summary
template: Summarize this.
^^^^^^^^ info: Not a prompt file: it has no \`messages\`, and \`template\` is not a key of the format
`,
  );
});

test('a list or a long text is not a prompt', () => {
  checkRule(notAPromptFile, '- a\n^^^\n- b\n');
  checkRule(
    notAPromptFile,
    'Summarize the text below.\n^^^^^^^^^^^^^^^^^^^^^^^^^ Not a prompt file: its top level is not a map with `messages`. Nothing else is checked\n',
  );
});

test('empty files, unfinished files and those without messages are prompt files', () => {
  for (const text of ['', '# a comment\n', 'mess', 'messages: []\n', 'name: x\n', 'messages:\n'])
    checkRule(notAPromptFile, text);
});
