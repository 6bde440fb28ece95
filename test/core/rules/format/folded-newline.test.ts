import { test } from 'node:test';
import { foldedNewline } from '#core/rules/format/folded-newline.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const message = (content: string) => `messages:\n  - role: user\n    content: ${content}\n`;

test('a \\n in plain, single-quoted or folded text', () => {
  checkRule(
    foldedNewline,
    `messages:
  - role: user
    content: Summarize this.\\n\\n{{text}}
                            ^^ 💡 warning: here and 1 times more
  - role: user
    content: 'Text:\\nHello'
                   ^^ 💡 warning: The model gets a backslash and an n here instead of a line break. Use a \`|\` block or double quotes
  - role: user
    content: >
      First line.\\n
                 ^^ 💡
      Second line.
`,
  );
});

test('a judge’s prompt counts too', () => {
  checkRule(
    foldedNewline,
    `${message('Hello')}evaluators:
  - name: a
    llm:
      prompt: Is this polite?\\n{{completion}}
                             ^^ 💡
      choices: [{ choice: "yes", score: 1 }]
`,
  );
});

test('the fix writes a block with real line breaks', () => {
  checkFix(
    foldedNewline,
    `${message('Summarize this.\\n\\n{{text}}')}name: a\n`,
    `messages:
  - role: user
    content: |-
      Summarize this.

      {{text}}
name: a
`,
    { safe: false },
  );
});

test('double quotes and blocks are not reported', () => {
  checkRule(foldedNewline, message('"a\\n\\nb"'));
  checkRule(foldedNewline, message('|\n      print("a\\n")\\n\\n'));
});

test('paths, formulas, code and mentions of \\n are not reported', () => {
  for (const content of [
    'Open C:\\new\\notes.txt please',
    'The gradient \\nabla f and \\neq 0',
    'Put `\\n\\n` between the parts',
    "Use '\\n' as a separator",
    'Answer with {"text": "line one.\\nline two"}',
    'Read docs\\Notes first',
    'With \\frac{a}{b}\\neq 1 and (\\theta)\\nabla f',
    "Call lines.split('\\n') and then '\\n'.join(parts)",
    'Write “one.\\nTwo” in its place',
    'Match /\\n+/ or [^\\n] in it',
    'Separate the parts by \\n and nothing else',
    'A double backslash \\\\n is no line break',
  ])
    checkRule(foldedNewline, message(`>-\n      ${content}`));
});

test('values of rows are data and are not reported', () => {
  checkRule(foldedNewline, `${message('"{{a}}"')}testData:\n  - a: 'x.\\n\\ny'\n`);
});

test('an answer that was copied with its escapes, in any block', () => {
  const answer = (content: string) => `messages:\n  - role: assistant\n    content: ${content}\n`;
  const copied = 'The "river" is long.\\n\\n- Source: \\"hills\\"\\n- Mouth: sea';
  checkRule(
    foldedNewline,
    `messages:
  - role: assistant
    content: |
      ${copied}
                          ^^ 💡 warning: here and 2 times more
`,
  );
  checkFix(
    foldedNewline,
    answer(`|-\n      One.\\nTwo "and.\\n\\nThree`),
    answer(`|-\n      One.\n      Two "and.\n\n      Three`),
    { safe: false },
  );
});

test('an answer that is JSON, or is code with a few escapes, is fine', () => {
  const answer = (content: string) => `messages:\n  - role: assistant\n    content: ${content}\n`;
  checkRule(foldedNewline, answer(`'{"text": "one\\n\\ntwo\\nthree"}'`));
  checkRule(
    foldedNewline,
    answer('|\n      a = "x.\\n"\n      b = "y.\\n"\n      c = "z.\\n"\n      print(a)'),
  );
});
