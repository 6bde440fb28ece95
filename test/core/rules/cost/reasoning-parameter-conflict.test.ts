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
  max_tokens: 2000
  ^^^^^^^^^^ 💡 warning: \`openai/o3\` is a reasoning model and rejects \`max_tokens: 2000\`. Use \`maxCompletionTokens\` instead
`,
    ),
    { models },
  );
  checkRule(
    reasoningParameterConflict,
    file('deepseek/deepseek-reasoner', '  topP: 0.5\n  ^^^^ 💡 warning: ignores `topP: 0.5`\n'),
    { models },
  );
});

test('the fixes change what is sent, so they are not safe', () => {
  checkFix(
    reasoningParameterConflict,
    file('openai/o3', '  maxTokens: 2000 # short\n'),
    file('openai/o3', '  maxCompletionTokens: 2000 # short\n'),
    { safe: false, models },
  );
  checkFix(
    reasoningParameterConflict,
    file('openai/o3', '  temperature: 0\n  seed: 1\n'),
    file('openai/o3', '  seed: 1\n'),
    { safe: false, models },
  );
});

test('a limit without room for thinking is not renamed: no answer would be left', () => {
  checkRule(
    reasoningParameterConflict,
    file(
      'openai/o3',
      '  max_tokens: 100\n  ^^^^^^^^^^ warning: `openai/o3` is a reasoning model and rejects `max_tokens: 100`. Use `maxCompletionTokens` instead, with room for its thinking, which counts as output\n',
    ),
    { models },
  );
  checkFix(
    reasoningParameterConflict,
    file('openai/gpt-5.6-luna', '  maxTokens: 100\n  reasoningEffort: none\n'),
    file('openai/gpt-5.6-luna', '  maxCompletionTokens: 100\n  reasoningEffort: none\n'),
    { safe: false, models },
  );
});

test('the only parameter is removed with its map', () => {
  checkFix(
    reasoningParameterConflict,
    file('openai/o3', '  temperature: 0\n'),
    'model: openai/o3\nmessages:\n  - role: user\n    content: Hello\n',
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
