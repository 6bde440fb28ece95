import { test } from 'node:test';
import { reasoningParameterConflict } from '#core/rules/cost/reasoning-parameter-conflict.ts';
import { checkFix, checkRule, testModels as models } from '../../../support/caret.ts';

const file = (model: string, parameters: string) =>
  `model: ${model}\nmodelParameters:\n${parameters}messages:\n  - role: user\n    content: Hello\n`;

test('parameters that a reasoning model rejects or ignores', () => {
  checkRule(
    reasoningParameterConflict,
    file(
      'openai/o3',
      `  temperature: 0
  ^^^^^^^^^^^ 💡 warning: \`openai/o3\` is a reasoning model and rejects \`temperature: 0\`. Remove it
  max_tokens: 100
  ^^^^^^^^^^ 💡 warning: \`openai/o3\` is a reasoning model and rejects \`max_tokens: 100\`. Use \`maxCompletionTokens\` instead
`,
    ),
    { models },
  );
  checkRule(
    reasoningParameterConflict,
    file('deepseek/deepseek-reasoner', '  topP: 0.5\n  ^^^^ warning: ignores `topP: 0.5`\n'),
    { models },
  );
});

test('the fixes change what is sent, so they are not safe', () => {
  checkFix(
    reasoningParameterConflict,
    file('openai/o3', '  maxTokens: 100 # short\n'),
    file('openai/o3', '  maxCompletionTokens: 100 # short\n'),
    { safe: false, models },
  );
  checkFix(
    reasoningParameterConflict,
    file('openai/o3', '  temperature: 0\n  seed: 1\n'),
    file('openai/o3', '  seed: 1\n'),
    { safe: false, models },
  );
});

test('parameters that the model supports are fine', () => {
  checkRule(
    reasoningParameterConflict,
    file('openai/o3', '  temperature: 1\n  maxCompletionTokens: 100\n  reasoningEffort: low\n'),
    { models },
  );
  checkRule(reasoningParameterConflict, file('openai/gpt-4o', '  temperature: 0\n'), { models });
  checkRule(reasoningParameterConflict, file('nobody/unheard-of-99', '  temperature: 0\n'), {
    models,
  });
  checkRule(reasoningParameterConflict, file('openai/o3', '  temperature: 0\n'));
});
