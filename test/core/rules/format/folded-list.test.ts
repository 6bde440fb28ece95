import { test } from 'node:test';
import { foldedList } from '#core/rules/format/folded-list.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const message = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('lists, tables, fences and headings in folded text', () => {
  checkRule(
    foldedList,
    `messages:
  - role: system
    content: >
      You write release notes.

      Rules:
      - Be brief.
      ^^^^^^^^^^^ 💡 warning: by a space (and 1 more like it)
      - Name the page.
  - role: user
    content: >-
      1. Read the text.
      2. Answer.
      ^^^^^^^^^^ 💡 warning: by a space. Use
  - role: user
    content: >2+
        | a | b |
        |---|---|
        ^^^^^^^^^ 💡
  - role: user
    content: >
      ## The task
      Sum up the text.
      ^^^^^^^^^^^^^^^^ 💡
`,
  );
});

test('text over several lines without a block is folded too', () => {
  checkRule(
    foldedList,
    `${message(`The rules
      - Be brief.
      ^^^^^^^^^^^ warning: and 1 more like it
      - Name the page.`)}evaluators:
  - name: a
    llm:
      prompt: "Criteria:
        * polite
        ^^^^^^^^ warning:
        * short {{completion}}"
      choices: [{ choice: "yes", score: 1 }]
`,
  );
});

test('the fix keeps the lines, and what the block says about its end', () => {
  const list = '\n      Rules:\n      - Be brief.\n      - Name the page.';
  checkFix(foldedList, message(`>-${list}`), message(`|-${list}`), { safe: false });
  checkFix(foldedList, message(`>2+ # all${list}`), message(`|2+ # all${list}`), { safe: false });
});

test('no finding where no line break is lost', () => {
  for (const content of [
    '|\n      Rules:\n      - Be brief.\n      - Name the page.',
    // Empty lines and deeper lines are kept.
    '>\n      Rules:\n\n      - Be brief.\n\n      - Name the page.',
    '>\n      Rules:\n        - Be brief.\n        - Name the page.\n      That is all.',
    '>\n      ## The task\n\n      Sum up the text\n      in one line.',
    '"Rules:\\n\\\n      - Be brief.\\n\\\n      - Name the page."',
    '"Rules:\\n\n      - Be brief.\\n\n      - Name the page."',
  ])
    checkRule(foldedList, message(content));
});

test('a wrapped sentence with one hyphen or number at the start of a line is fine', () => {
  checkRule(
    foldedList,
    message('>\n      The answer is short\n      - three lines or fewer, at most.'),
  );
  checkRule(foldedList, message('>\n      Sum up the first\n      3. section.'));
});

test('values of rows are data and are not reported', () => {
  checkRule(
    foldedList,
    `${message('"{{a}}"')}testData:\n  - a: >\n      x\n      - y\n      - z\n`,
  );
});
