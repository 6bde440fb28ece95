import { test } from 'node:test';
import { parameterNotSent } from '#core/rules/cost/parameter-not-sent.ts';
import { reasoningParameterConflict } from '#core/rules/cost/reasoning-parameter-conflict.ts';
import { checkRule, testModels as models } from '../../../support/caret.ts';

const BOTH = [parameterNotSent, reasoningParameterConflict];
const MESSAGES = 'messages:\n  - role: user\n    content: Hello\n';

function file(model: string, parameters: string, rest = MESSAGES): string {
  return `model: ${model}\nmodelParameters:\n${parameters}${rest}`;
}

test('what the Responses API has no field for', () => {
  checkRule(
    parameterNotSent,
    file(
      'openai/o3-pro',
      `  reasoningEffort: low
  seed: 7
  ^^^^ info: \`seed\` is not sent: the Responses API has no such parameter. Remove it, unless other models take it.
  max_tokens: 5
  ^^^^^^^^^^ info: \`max_tokens\` is not sent as it stands: the Responses API takes 16 at least, and 16 is sent.
`,
    ),
    { models },
  );
});

test('what the Messages API takes in another form', () => {
  checkRule(
    parameterNotSent,
    file(
      'anthropic/claude-sonnet-4-5',
      `  temperature: 1.5
  ^^^^^^^^^^^ info: takes 1 at most, and 1 is sent
  presencePenalty: 1
  ^^^^^^^^^^^^^^^ info: the Messages API has no such parameter
response_format: json_object
^^^^^^^^^^^^^^^ info: takes a JSON schema only
`,
      `messages:
^^^^^^^^ info: \`messages\` is not sent as it stands
  - role: user
    content: Hello
  - role: system
    content: Be brief.
`,
    ),
    { models },
  );
  const schema = `jsonSchema: '{"name": "a", "schema": {"type": "object"}}'\n`;
  checkRule(
    parameterNotSent,
    `model: anthropic/claude-sonnet-4-6
responseFormat: json_schema
${schema}^^^^^^^^^^ info: additionalProperties: false is added
${MESSAGES}`,
    { models },
  );
});

test('what the editor’s own models do not take', () => {
  checkRule(
    parameterNotSent,
    file('vscode/copilot/gpt-4o', '  temperature: 0\n  ^^^^^^^^^^^ info: VS Code has no such\n'),
    { models },
  );
});

test('the interface is that of the provider in the settings', () => {
  const text = file('lab/model-7', '  seed: 7\n  ^^^^ info: the Responses API has no such\n');
  const baseUrl = 'https://lab.example/v1';
  const lab = (api: string) => ({ models, settings: { providers: { lab: { baseUrl, api } } } });
  checkRule(parameterNotSent, text, lab('responses'));
  checkRule(parameterNotSent, file('lab/model-7', '  seed: 7\n'), lab('chat'));
  const routes = [{ model: 'openai/*', provider: 'lab' }];
  checkRule(parameterNotSent, file('openai/gpt-4o', '  seed: 7\n  ^^^^ info: Responses\n'), {
    models,
    settings: { ...lab('responses').settings, routes },
  });
});

test('what settings say of a model', () => {
  checkRule(
    parameterNotSent,
    file(
      'openai/gpt-4o',
      '  temperature: 0\n  ^^^^^^^^^^^ info: does not take it, according to the settings\n',
    ),
    { models, settings: { models: { 'openai/gpt-4o': { takesTemperature: false } } } },
  );
});

test('no second finding for what a reasoning model refuses', () => {
  checkRule(
    BOTH,
    file(
      'openai/o3-pro',
      `  temperature: 0
  ^^^^^^^^^^^ 💡 [reasoning-parameter-conflict] rejects
  presencePenalty: 1
  ^^^^^^^^^^^^^^^ 💡 [reasoning-parameter-conflict] rejects
  stop: [END]
  ^^^^ 💡 [reasoning-parameter-conflict] rejects
  seed: 7
  ^^^^ [parameter-not-sent] no such parameter
`,
    ),
    { models },
  );
  checkRule(
    BOTH,
    file(
      'openai/o3',
      '  maxTokens: 9000\n  ^^^^^^^^^ 💡 [reasoning-parameter-conflict] Use `maxCompletionTokens`\n',
    ),
    { models },
  );
  // The Responses API has one limit: either name is right.
  checkRule(BOTH, file('openai/o3-pro', '  maxTokens: 100\n'), { models });
});

test('nothing is reported where everything is sent, or no provider is known', () => {
  const all = '  temperature: 0\n  seed: 7\n  stop: [END]\n  presencePenalty: 1\n';
  checkRule(parameterNotSent, file('openai/gpt-4o', all), { models });
  checkRule(parameterNotSent, file('nobody/unheard-of-99', all), { models });
  checkRule(parameterNotSent, file('openai/o3-pro', '  seed: 7\n'));
  checkRule(parameterNotSent, file('openai/o3-pro', '  seed: many\n'), { models });
  // The limit that the Messages API needs is not a part of this file.
  checkRule(parameterNotSent, `model: anthropic/claude-sonnet-4-6\n${MESSAGES}`, { models });
  checkRule(parameterNotSent, MESSAGES, { models });
});
