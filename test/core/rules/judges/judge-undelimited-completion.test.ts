import { test } from 'node:test';
import { judgeUndelimitedCompletion } from '#core/rules/judges/judge-undelimited-completion.ts';
import { checkFix, checkRule } from '../../../support/caret.ts';

const file = (prompt: string) => `messages:
  - role: user
    content: "{{input}}"
evaluators:
  - name: good
    llm:
      modelId: openai/gpt-4o
      prompt: ${prompt}
      choices: [{ choice: "yes", score: 1 }]
`;

test('inside a sentence, at the end, and after a label', () => {
  checkRule(
    judgeUndelimitedCompletion,
    file(`Is {{completion}} polite?
                 ^^^^^^^^^^^^^^ 💡 warning: where the answer ends`),
  );
  checkRule(
    judgeUndelimitedCompletion,
    file(`|
        Is this polite?

        {{completion}}
        ^^^^^^^^^^^^^^ 💡 warning: Nothing shows the judge where the answer ends, so an answer can forge its own verdict`),
  );
  checkRule(
    judgeUndelimitedCompletion,
    file(`|
        Is this polite? Answer yes or no.
        Answer: {{completion}}
                ^^^^^^^^^^^^^^ 💡 info: Nothing shows the judge where the answer ends, so an answer can forge its own verdict`),
  );
});

test('the fix puts it in tags', () => {
  checkFix(
    judgeUndelimitedCompletion,
    file('|\n        Is this polite?\n\n        {{completion}}'),
    file(
      '|\n        Is this polite?\n\n        <answer>\n        {{completion}}\n        </answer>',
    ),
    { safe: false },
  );
});

test('tags, fences, the whole prompt, and other variables are not reported', () => {
  for (const prompt of [
    '"{{completion}}"',
    '"Polite? <reply>{{completion}}</reply>"',
    '|\n        Polite?\n        ```\n        {{completion}}\n        ```',
    'Is {{expected}} polite?',
  ])
    checkRule(judgeUndelimitedCompletion, file(prompt));
});
