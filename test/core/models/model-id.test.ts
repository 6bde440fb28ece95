import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnnamed, listModelNames, parseModelId } from '#core/models/model-id.ts';

/** `[written, spelling, host, id]`. */
const SPELLINGS: [string | null | undefined, string, string | null, string][] = [
  ['openai/gpt-4o', 'publisher', null, 'openai/gpt-4o'],
  ['  openai/gpt-4o\n', 'publisher', null, 'openai/gpt-4o'],
  ['OpenAI/GPT-4o', 'publisher', null, 'openai/gpt-4o'],
  ['gpt-4o', 'bare', null, 'openai/gpt-4o'],
  ['gpt-4o-2024-08-06', 'bare', null, 'openai/gpt-4o-2024-08-06'],
  ['claude-3-5-sonnet-20241022', 'bare', null, 'anthropic/claude-3-5-sonnet-20241022'],
  ['o3-mini', 'bare', null, 'openai/o3-mini'],
  ['Phi-4', 'bare', null, 'microsoft/phi-4'],
  ['something-new', 'bare', null, 'something-new'],
  ['github:openai/gpt-4o', 'github', 'github-models', 'openai/gpt-4o'],
  ['github:gpt-4o', 'github', 'github-models', 'openai/gpt-4o'],
  ['github-models/openai/gpt-4o', 'github', 'github-models', 'openai/gpt-4o'],
  ['github/gpt-4o', 'github', 'github-models', 'openai/gpt-4o'],
  ['custom/openai/gpt-4o', 'custom', 'custom', 'openai/gpt-4o'],
  ['custom/acme/chat', 'custom', 'custom', 'acme/chat'],
  ['acme/chat', 'publisher', null, 'acme/chat'],
  [
    'azureml://registries/azure-openai/models/gpt-4o/versions/2',
    'azureml',
    'azure',
    'openai/gpt-4o',
  ],
  [
    'azureml://registries/azure-openai/models/gpt-4o/versions/2024-08-06',
    'azureml',
    'azure',
    'openai/gpt-4o-2024-08-06',
  ],
  [
    'azureml://registries/azureml-meta/models/Meta-Llama-3.1-8B-Instruct/versions/5',
    'azureml',
    'azure',
    'meta/meta-llama-3.1-8b-instruct',
  ],
  [
    'azureml://registries/azureml-openai-oss/models/gpt-oss-120b/versions/4',
    'azureml',
    'azure',
    'openai/gpt-oss-120b',
  ],
  [
    'azureml://registries/azureml/models/Phi-4/labels/latest',
    'azureml',
    'azure',
    'microsoft/phi-4',
  ],
  ['mistral/mistral-large-latest', 'publisher', null, 'mistral-ai/mistral-large-latest'],
  ['x-ai/grok-4.3', 'publisher', null, 'xai/grok-4.3'],
  ['openai:gpt-4o', 'publisher', null, 'openai/gpt-4o'],
  ['openai:chat:gpt-4o', 'publisher', null, 'openai/gpt-4o'],
  ['anthropic:messages:claude-opus-4-5', 'publisher', null, 'anthropic/claude-opus-4-5'],
  ['azure/gpt-4o', 'host', 'azure', 'openai/gpt-4o'],
  ['openrouter/anthropic/claude-3.5-sonnet', 'host', 'openrouter', 'anthropic/claude-3.5-sonnet'],
  [
    'openrouter/meta-llama/llama-3.3-70b-instruct:free',
    'host',
    'openrouter',
    'meta/llama-3.3-70b-instruct:free',
  ],
  [
    'bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'host',
    'aws',
    'anthropic/claude-haiku-4-5-20251001',
  ],
  ['qwen2.5-coder:7b', 'ollama', 'ollama', 'qwen/qwen2.5-coder:7b'],
  ['mistral:7b', 'ollama', 'ollama', 'mistral-ai/mistral:7b'],
  ['mistral:latest', 'ollama', 'ollama', 'mistral-ai/mistral:latest'],
  ['ollama/llama3.1', 'ollama', 'ollama', 'meta/llama3.1'],
  ['ollama:chat:llama3.1:8b', 'ollama', 'ollama', 'meta/llama3.1:8b'],
  ['our-own:latest', 'ollama', 'ollama', 'our-own:latest'],
  ['ft:gpt-4o-mini-2024-07-18:acme::9x', 'bare', null, 'openai/ft:gpt-4o-mini-2024-07-18:acme::9x'],
  ['auto', 'auto', null, 'auto'],
  ['AUTO', 'auto', null, 'auto'],
  ['', 'none', null, 'none'],
  ['   ', 'none', null, 'none'],
  [null, 'none', null, 'none'],
  [undefined, 'none', null, 'none'],
  ['/', 'bare', null, '/'],
  ['openai/', 'bare', null, 'openai/'],
  [':7b', 'bare', null, ':7b'],
];

for (const [written, spelling, host, id] of SPELLINGS) {
  test(`${JSON.stringify(written)} is read as ${id}`, () => {
    const read = parseModelId(written);
    assert.deepEqual([read.spelling, read.host, read.id], [spelling, host, id]);
    assert.equal(isUnnamed(read), spelling === 'auto' || spelling === 'none');
  });
}

test('a tag stands apart from the name', () => {
  const { name, tag } = parseModelId('deepseek-r1:14b-qwen-distill-q4_K_M');
  assert.deepEqual({ name, tag }, { name: 'deepseek-r1', tag: '14b-qwen-distill-q4_k_m' });
});

test('a repeated publisher may be left out of the name', () => {
  assert.deepEqual(listModelNames(parseModelId('cohere/cohere-command-a')), [
    'cohere-command-a',
    'command-a',
  ]);
  assert.deepEqual(listModelNames(parseModelId('openai/gpt-4o')), ['gpt-4o']);
});
