import { test } from 'node:test';
import { findCallSites, readWorkflow } from '#core/lint/workflow/read-workflow.ts';
import { reasoningParameterConflict } from '#core/rules/cost/reasoning-parameter-conflict.ts';
import { parameterSpelling } from '#core/rules/format/parameter-spelling.ts';
import { checkFix, checkRule, testModels as models } from '../../../support/caret.ts';
import { exampleOf } from '../../../support/workflows.ts';

const file = (parameters: string) =>
  `messages:\n  - role: user\n    content: Hello\nmodelParameters:\n${parameters}`;

test('snake_case is informational, and a warning for readers that ignore it', () => {
  checkRule(
    parameterSpelling,
    file(
      '  max_tokens: 5\n  ^^^^^^^^^^ 💡 info: GitHub’s tools silently ignore `max_tokens`. Use the format’s spelling, `maxTokens`\n  topP: 1\n',
    ),
  );
  for (const target of ['gh-models', 'ai-inference@1', 'ai-inference@2', 'ai-inference@3'])
    checkRule(parameterSpelling, file('  top_p: 1\n  ^^^^^ 💡 warning: `topP`\n'), {
      settings: { target },
    });
});

test('the fix renames the key and nothing else', () => {
  checkFix(
    parameterSpelling,
    file("  'max_tokens': 5 # short\n  seed: 1\n"),
    file('  maxTokens: 5 # short\n  seed: 1\n'),
    { safe: true },
  );
});

test('with two spellings, the message says which one is used, and the fix removes the other', () => {
  checkRule(
    parameterSpelling,
    file(
      '  max_tokens: 5\n  ^^^^^^^^^^ 💡 `max_tokens` has no effect, because `maxTokens` is set too. Remove it\n  maxTokens: 9\n',
    ),
  );
  checkFix(parameterSpelling, file('  max_tokens: 5\n  maxTokens: 9\n'), file('  maxTokens: 9\n'), {
    safe: true,
  });
  checkRule(
    parameterSpelling,
    file(
      '  max_tokens: 9\n  ^^^^^^^^^^ 💡 `max_tokens` repeats `maxTokens`. Keep only `maxTokens`, which every program reads\n  maxTokens: 9\n',
    ),
  );
});

test('if the camelCase value is unusable, the other one is sent, so nothing is removed', () => {
  checkRule(
    parameterSpelling,
    file(
      '  max_tokens: 9\n  ^^^^^^^^^^ `maxTokens` has no valid value, so `max_tokens` applies here\n  maxTokens: many\n',
    ),
  );
});

test('response_format at the top level is another spelling too', () => {
  const head = 'messages:\n  - role: user\n    content: Hello\n';
  checkRule(
    parameterSpelling,
    `${head}response_format: json_object\n^^^^^^^^^^^^^^^ 💡 info: \`responseFormat\`\n`,
  );
  checkFix(
    parameterSpelling,
    `${head}response_format: json_object\n`,
    `${head}responseFormat: json_object\n`,
    { safe: true },
  );
  checkFix(
    parameterSpelling,
    `${head}response_format: text\nresponseFormat: json_object\n`,
    `${head}responseFormat: json_object\n`,
    { safe: true },
  );
});

test('camelCase, one-word and foreign keys are fine', () => {
  checkRule(parameterSpelling, file('  temperature: 1\n  maxTokens: 5\n  top_k: 3\n'));
});

test('an entry that comes from an anchor elsewhere is not reported', () => {
  checkRule(
    parameterSpelling,
    `metadata: &shared
  max_tokens: 5
${file('  <<: *shared\n')}`,
  );
});

test('a limit that the model rejects in its correct spelling is not reported by this rule', () => {
  const text = `model: openai/o3\n${file('  max_tokens: 5000\n')}`;
  checkRule(
    [parameterSpelling, reasoningParameterConflict],
    text.replace(
      '5000\n',
      '5000\n  ^^^^^^^^^^ 💡 [reasoning-parameter-conflict] `maxCompletionTokens`\n',
    ),
    { models },
  );
});

/** The prompt as a workflow runs it. */
const ranBy = (step: string) => {
  const workflow = readWorkflow('file:///w.yml', 'w.yml', exampleOf(step, ''));
  return findCallSites([workflow], 'prompts/a.prompt.yml');
};

test('what a known caller alone reads is kept, and what it ignores is no safe fix', () => {
  const labeler = ranBy(
    `uses: github/ai-assessment-comment-labeler@v1
with:
  prompts_directory: ./prompts/
  labels_to_prompts_mapping: spam,a.prompt.yml|bug,b.prompt.yml`,
  );
  checkRule(
    parameterSpelling,
    file(
      '  max_tokens: 5\n  ^^^^^^^^^^ info: `github/ai-assessment-comment-labeler` reads only `max_tokens`; GitHub’s other tools read only `maxTokens`, and Promptsmith both. Keep it for this caller\n',
    ),
    { facts: labeler },
  );
  const inference = ranBy(
    'uses: actions/ai-inference@v3\nwith: { prompt-file: prompts/a.prompt.yml }',
  );
  const renamed = [file('  max_tokens: 5\n'), file('  maxTokens: 5\n')] as const;
  checkFix(parameterSpelling, ...renamed, { safe: false, facts: inference });
  checkFix(parameterSpelling, ...renamed, { safe: false, settings: { target: 'gh-models' } });
  const other = ranBy('uses: acme/other@v1\nwith: { prompt-file: prompts/a.prompt.yml }');
  checkFix(parameterSpelling, ...renamed, { safe: true, facts: other });
});
