import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notAPromptFile } from '#core/rules/format/not-a-prompt-file.ts';
import { yamlSyntax } from '#core/rules/format/yaml-syntax.ts';
import { checkRule, lintText } from '../../../support/caret.ts';

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
    'Summarize the text below.\n^^^^^^^^^^^^^^^^^^^^^^^^^ This is plain text or Markdown, not a prompt file. A prompt file is a YAML map with `messages`. Nothing else is checked\n',
  );
});

test('text that is not YAML, Markdown and front matter are called what they are', () => {
  const text = 'info: This is plain text or Markdown, not a prompt file';
  checkRule(
    [notAPromptFile, yamlSyntax],
    `You sum up texts.
^^^^^^^^^^^^^^^^^ ${text}

Rules: be brief: one sentence.
- one
- "two
`,
  );
  checkRule(
    [notAPromptFile, yamlSyntax],
    `# Summaries
^^^^^^^^^^^ ${text}

Some \`code\`: and more

* one
`,
  );
  checkRule(
    [notAPromptFile, yamlSyntax],
    `You are kind. Answer: yes\n^^^^^^^^^^^^^^^^^^^^^^^^^ ${text}\n`,
  );
  checkRule(
    [notAPromptFile, yamlSyntax],
    `---
^^^ info: This is Markdown with front matter
mode: agent
description: Sums up.
---

# Summaries

Be: brief: now
`,
  );
});

test('an empty file says so', () => {
  for (const text of ['', '\n', '# a comment\n']) {
    const [found] = lintText(notAPromptFile, text);
    assert.match(found?.message ?? '', /This file is empty/);
  }
});

test('a broken prompt file is not another format', () => {
  for (const text of [
    'messages:\n  - role: user\n    content: "a\n',
    'name: a\n\tmodel: b\n',
    '{% if x %}\nmessages: []\n{% endif %}\n',
    '{ "messages": [ { "role": "user", }\n',
    'mesages:\n  - role: user\nowner: me\n',
    'Sum up the text.\nmessages:\n  - role: user\n',
    'modle: gpt\ntest_data:\n  - a: 1\n',
  ])
    checkRule(notAPromptFile, text);
});

test('unfinished files and those without messages are prompt files, without a finding', () => {
  for (const text of ['mess', 'messages: []\n', 'name: x\n', 'messages:\n'])
    checkRule(notAPromptFile, text);
});
