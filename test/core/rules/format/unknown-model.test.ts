import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unknownModel } from '#core/rules/format/unknown-model.ts';
import { checkFix, checkRule, lintText, testModels as models } from '../../../support/caret.ts';

const BODY = 'messages:\n  - role: user\n    content: Hello\n';

test('an id that no catalog contains, with the most similar one', () => {
  checkRule(
    unknownModel,
    `model: openai/gpt-4o-mimi
       ^^^^^^^^^^^^^^^^^^ 💡 warning: The model \`openai/gpt-4o-mimi\` is not in the catalog, so its context window and cost are unknown
candidates:
  - openai/gpt-4o
  - vscode/copilot/whatever
  - nobody/unheard-of-99
    ^^^^^^^^^^^^^^^^^^^^ The model \`nobody/unheard-of-99\` is not in the catalog, so its context window and cost are unknown
${BODY}evaluators:
  - name: polite
    llm:
      modelId: openai/gpt-4oo
               ^^^^^^^^^^^^^^ 💡 The judge
      prompt: "{{completion}}?"
      choices: [{ choice: a, score: 1 }]
  - name: fluent
    uses: github/fluency
    with: { model: openai/gpt-4oo }
                   ^^^^^^^^^^^^^^ 💡 The judge
`,
    { models },
  );
});

test('the fix changes what is called, so it is not safe', () => {
  checkFix(
    unknownModel,
    `model: 'openai/gpt-4o-mimi'\n${BODY}`,
    `model: 'openai/gpt-4o-mini'\n${BODY}`,
    {
      safe: false,
      models,
    },
  );
});

test('every spelling of a known model is fine, and so are ids that are not models', () => {
  const ids = [
    'gpt-4o',
    'OpenAI/GPT-4o',
    'github:openai/gpt-4o',
    'azureml://registries/azure-openai/models/gpt-4o/versions/2024-11-20',
    'custom/openai/gpt-4o',
    'gpt-4o-2024-11-20',
    'qwen2.5-coder:7b',
    'acme/chat',
    'auto',
    '""',
    'null',
    '~',
    '"{{model}}"',
  ];
  for (const id of ids) checkRule(unknownModel, `model: ${id}\n${BODY}`, { models });
});

test('a value of another type is reported by the rule `schema`, not by this one', () => {
  checkRule(unknownModel, `model: [nobody/unheard-of-99]\n${BODY}`, { models });
});

test('nothing is reported until the catalog is loaded', () => {
  assert.deepEqual(lintText(unknownModel, `model: nobody/unheard-of-99\n${BODY}`), []);
});
