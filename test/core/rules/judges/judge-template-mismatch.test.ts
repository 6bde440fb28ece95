import { test } from 'node:test';
import { judgeTemplateMismatch } from '#core/rules/judges/judge-template-mismatch.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (llm: string, rows = '') =>
  `messages: []\n${rows}evaluators:\n  - name: a\n    llm:\n${llm}      choices: [{ choice: polite, score: 1 }, { choice: rude, score: 0 }]\n`;

test('a judge that does not see the answer', () => {
  checkRule(
    judgeTemplateMismatch,
    file(`      prompt: Is {{output}} polite?
                 ^^^^^^^^^^ 💡 error: nothing fills \`{{output}}\`
`),
  );
  checkRule(
    judgeTemplateMismatch,
    file(`      prompt: Is it polite?
      ^^^^^^ error: The judge does not see the answer. Add \`{{completion}}\` to its prompt
`),
  );
});

test('a judge that is not told its choices', () => {
  checkRule(
    judgeTemplateMismatch,
    file(`      prompt: "How kind is this? <answer>{{completion}}</answer>"
      ^^^^^^ warning: none of its choices, such as \`polite\`
`),
  );
});

test('the fix renames the placeholder', () => {
  checkFix(
    judgeTemplateMismatch,
    file('      prompt: Is {{response}} polite?\n'),
    file('      prompt: Is {{completion}} polite?\n'),
    { safe: false },
  );
});

test('choices in the system prompt, ranges of numbers, and no prompt are not reported', () => {
  checkRule(
    judgeTemplateMismatch,
    file('      systemPrompt: Say polite or rude.\n      prompt: "{{completion}}"\n'),
  );
  checkRule(judgeTemplateMismatch, file('      prompt: ""\n'));
  checkRule(
    judgeTemplateMismatch,
    'messages: []\nevaluators:\n  - name: a\n    llm:\n      prompt: "0 to 10: {{completion}}"\n      choices: [{ choice: "7", score: 1 }]\n',
  );
});

test('a row’s `output` is not the answer: the judge still does not see it, and nothing is renamed', () => {
  checkRule(
    judgeTemplateMismatch,
    file(
      `      prompt: Is {{output}} polite?
      ^^^^^^ error: The judge does not see the answer. Add \`{{completion}}\` to its prompt
`,
      'testData: [{ output: x }]\n',
    ),
  );
});
