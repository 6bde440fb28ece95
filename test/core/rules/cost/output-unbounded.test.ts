import { test } from 'node:test';
import { outputUnbounded } from '#core/rules/cost/output-unbounded.ts';
import { checkRule, testModels as models } from '../../../support/caret.ts';

const file = (rest: string) => `${rest}messages: []\n`;

test('a missing limit for a model that can write long answers', () => {
  checkRule(
    outputUnbounded,
    file(`model: openai/gpt-4o
       ^^^^^^^^^^^^^ hint: up to 16,384 tokens
modelParameters: { temperature: 0 }
`),
    { models },
  );
});

test('a limit in any spelling, unknown and local models are not reported', () => {
  for (const rest of [
    'model: openai/gpt-4o\nmodelParameters: { maxTokens: 100 }\n',
    'model: openai/gpt-4o\nmodelParameters: { max_tokens: 100 }\n',
    'model: openai/gpt-4o\nmodelParameters: { maxCompletionTokens: 100 }\n',
    'model: nobody/knows\n',
    'model: qwen2.5-coder:7b\n',
    '',
  ])
    checkRule(outputUnbounded, file(rest), { models });
  checkRule(outputUnbounded, file('model: openai/gpt-4o\n'));
});
