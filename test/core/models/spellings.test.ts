import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModelId } from '#core/models/model-id.ts';
import { isOlder } from '#core/models/model-version.ts';
import { loadCatalogue } from '#io/catalogue.ts';

/**
 * Spellings that people use, what each means, and what is known of it: `listed` (a list has it), `family` (newer than
 * any list), `known` (the one or the other), `local`, `unknown`; with a price, a window, and a day of retirement.
 */
const SPELLINGS: readonly (readonly [
  spelling: string,
  id: string,
  host: string | null,
  facts: string,
])[] = [
  ['openai/gpt-4o', 'openai/gpt-4o', null, 'listed price window retires'],
  ['gpt-4o', 'openai/gpt-4o', null, 'listed price window retires'],
  ['openai:gpt-4o', 'openai/gpt-4o', null, 'listed price window retires'],
  ['openai:chat:gpt-4o-mini', 'openai/gpt-4o-mini', null, 'listed price window retires'],
  ['openai/gpt-4o-2024-08-06', 'openai/gpt-4o-2024-08-06', null, 'listed price window retires'],
  ['github/openai/gpt-4o', 'openai/gpt-4o', 'github-models', 'listed price window retires'],
  ['azure/gpt-4o', 'openai/gpt-4o', 'azure', 'listed price window retires'],
  [
    'azureml://registries/azure-openai/models/gpt-4o/versions/2024-08-06',
    'openai/gpt-4o-2024-08-06',
    'azure',
    'listed price window retires',
  ],
  ['openrouter/openai/gpt-4o', 'openai/gpt-4o', 'openrouter', 'listed price window'],
  [
    'openrouter/openai/gpt-4o-mini:nitro',
    'openai/gpt-4o-mini:nitro',
    'openrouter',
    'listed window',
  ],
  [
    'gpt-4.1-mini-2025-04-14',
    'openai/gpt-4.1-mini-2025-04-14',
    null,
    'listed price window retires',
  ],
  [
    'ft:gpt-4o-mini-2024-07-18:acme::abc',
    'openai/ft:gpt-4o-mini-2024-07-18:acme::abc',
    null,
    'listed price window retires',
  ],
  [
    'ft:gpt-4.1-mini-2025-04-14:acme:bot:1',
    'openai/ft:gpt-4.1-mini-2025-04-14:acme:bot:1',
    null,
    'listed window retires',
  ],
  ['o3', 'openai/o3', null, 'listed price window retires'],
  ['o4-mini', 'openai/o4-mini', null, 'listed price window retires'],
  ['gpt-5', 'openai/gpt-5', null, 'listed price window retires'],
  ['gpt-5-mini', 'openai/gpt-5-mini', null, 'listed price window retires'],
  ['gpt-5.6-sol', 'openai/gpt-5.6-sol', null, 'listed price window'],
  ['gpt-6-sol', 'openai/gpt-6-sol', null, 'listed price window'],
  ['gpt-6-luna', 'openai/gpt-6-luna', null, 'listed price window'],
  ['openai/gpt-6.1-sol', 'openai/gpt-6.1-sol', null, 'listed price window'],
  ['gpt-6.1-terra', 'openai/gpt-6.1-terra', null, 'listed price window'],
  ['gpt-6.2-sol', 'openai/gpt-6.2-sol', null, 'listed price window'],
  ['gpt-6.2-astra', 'openai/gpt-6.2-astra', null, 'listed price window'],
  ['gpt-6.3-sol', 'openai/gpt-6.3-sol', null, 'family'],
  ['openai/gpt-7', 'openai/gpt-7', null, 'family'],
  ['o5-mini', 'openai/o5-mini', null, 'family'],
  ['gpt-oss:20b', 'openai/gpt-oss:20b', 'ollama', 'local'],
  ['anthropic/claude-opus-4.5', 'anthropic/claude-opus-4.5', null, 'listed price window'],
  ['anthropic/claude-opus-4-5', 'anthropic/claude-opus-4-5', null, 'listed price window'],
  [
    'anthropic:claude-sonnet-4-5',
    'anthropic/claude-sonnet-4-5',
    null,
    'listed price window retires',
  ],
  [
    'anthropic:messages:claude-haiku-4-5',
    'anthropic/claude-haiku-4-5',
    null,
    'listed price window',
  ],
  [
    'claude-sonnet-4-5-20250929',
    'anthropic/claude-sonnet-4-5-20250929',
    null,
    'listed price window retires',
  ],
  ['claude-sonnet-4-6', 'anthropic/claude-sonnet-4-6', null, 'listed price window'],
  ['claude-opus-5-5', 'anthropic/claude-opus-5-5', null, 'listed price window'],
  ['claude-sonnet-5-5', 'anthropic/claude-sonnet-5-5', null, 'listed price window'],
  ['claude-fable-5-2', 'anthropic/claude-fable-5-2', null, 'listed price window'],
  ['claude-haiku-5-5', 'anthropic/claude-haiku-5-5', null, 'listed window'],
  ['claude-mythos-5', 'anthropic/claude-mythos-5', null, 'listed window'],
  ['claude-opus-6', 'anthropic/claude-opus-6', null, 'family'],
  ['claude-sonnet-6-1', 'anthropic/claude-sonnet-6-1', null, 'family'],
  [
    'claude-3-5-sonnet-20241022',
    'anthropic/claude-3-5-sonnet-20241022',
    null,
    'listed price window retires',
  ],
  [
    'openrouter/anthropic/claude-sonnet-4.5',
    'anthropic/claude-sonnet-4.5',
    'openrouter',
    'listed price window',
  ],
  [
    'vertex_ai/claude-sonnet-4@20250514',
    'anthropic/claude-sonnet-4@20250514',
    'vertex',
    'listed price window retires',
  ],
  [
    'anthropic.claude-sonnet-4-20250514-v1:0',
    'anthropic/claude-sonnet-4-20250514',
    'aws',
    'listed price window retires',
  ],
  [
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'anthropic/claude-sonnet-4-5-20250929',
    'aws',
    'listed price window retires',
  ],
  [
    'eu.anthropic.claude-3-haiku-20240307-v1:0',
    'anthropic/claude-3-haiku-20240307',
    'aws',
    'listed price window retires',
  ],
  [
    'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    'anthropic/claude-haiku-4-5-20251001',
    'aws',
    'listed price window',
  ],
  ['bedrock/anthropic.claude-opus-4-8', 'anthropic/claude-opus-4-8', 'aws', 'listed price window'],
  [
    'bedrock:us.anthropic.claude-opus-4-8',
    'anthropic/claude-opus-4-8',
    'aws',
    'listed price window',
  ],
  [
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0',
    'anthropic/claude-3-haiku-20240307',
    'aws',
    'listed price window retires',
  ],
  [
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-20250514-v1:0',
    'anthropic/claude-sonnet-4-20250514',
    'aws',
    'listed price window retires',
  ],
  ['amazon.nova-lite-v1:0', 'amazon/nova-lite', 'aws', 'listed price window'],
  ['us.amazon.nova-pro-v1:0', 'amazon/nova-pro', 'aws', 'listed price window'],
  ['meta.llama3-1-8b-instruct-v1:0', 'meta/llama3-1-8b-instruct', 'aws', 'listed price window'],
  ['gemini-2.5-pro', 'google/gemini-2.5-pro', null, 'listed price window retires'],
  ['google/gemini-2.5-flash', 'google/gemini-2.5-flash', null, 'listed price window retires'],
  ['models/gemini-2.5-pro', 'google/gemini-2.5-pro', null, 'listed price window retires'],
  [
    'publishers/google/models/gemini-2.5-flash',
    'google/gemini-2.5-flash',
    'vertex',
    'listed price window retires',
  ],
  [
    'vertex_ai/gemini-2.5-flash',
    'google/gemini-2.5-flash',
    'vertex',
    'listed price window retires',
  ],
  ['gemini-3.8-flash', 'google/gemini-3.8-flash', null, 'listed price window'],
  ['gemini-1.5-pro', 'google/gemini-1.5-pro', null, 'listed price window retires'],
  ['gemini-1.5-flash-8b', 'google/gemini-1.5-flash-8b', null, 'listed window retires'],
  ['gemini-flash-latest', 'google/gemini-flash-latest', null, 'family'],
  ['gemini-pro-latest', 'google/gemini-pro-latest', null, 'family'],
  ['gemini-3-pro', 'google/gemini-3-pro', null, 'family'],
  ['google/gemini-4-argon', 'google/gemini-4-argon', null, 'family'],
  ['models/gemini-4-pro', 'google/gemini-4-pro', null, 'family'],
  ['gemma-3-27b-it', 'google/gemma-3-27b-it', null, 'known'],
  ['gemma3:4b', 'google/gemma3:4b', 'ollama', 'local'],
  ['xai/grok-4', 'xai/grok-4', null, 'listed price window'],
  ['x-ai/grok-4', 'xai/grok-4', null, 'listed price window'],
  ['grok-4.3', 'xai/grok-4.3', null, 'listed price window'],
  ['grok-5', 'xai/grok-5', null, 'family'],
  ['grok-3', 'xai/grok-3', null, 'listed price window retires'],
  ['mistral-small', 'mistral-ai/mistral-small', null, 'listed price'],
  ['mistral-small-latest', 'mistral-ai/mistral-small-latest', null, 'listed price'],
  ['mistral-large-latest', 'mistral-ai/mistral-large-latest', null, 'listed price'],
  ['mistral/mistral-medium-latest', 'mistral-ai/mistral-medium-latest', null, 'listed price'],
  ['mistral-large-2411', 'mistral-ai/mistral-large-2411', null, 'listed price window retires'],
  ['mistral:7b', 'mistral-ai/mistral:7b', 'ollama', 'local'],
  ['cohere/command-r-plus', 'cohere/command-r-plus', null, 'listed price'],
  ['command-a-03-2025', 'cohere/command-a-03-2025', null, 'listed price'],
  ['moonshotai/kimi-k2', 'moonshotai/kimi-k2', null, 'listed price'],
  ['kimi-k3', 'moonshotai/kimi-k3', null, 'listed price window'],
  ['deepseek-v4-pro', 'deepseek/deepseek-v4-pro', null, 'listed price window'],
  ['deepseek-ai/DeepSeek-V3.1', 'deepseek/deepseek-v3.1', null, 'known'],
  ['deepseek-v5', 'deepseek/deepseek-v5', null, 'family'],
  ['deepseek-chat', 'deepseek/deepseek-chat', null, 'listed price window retires'],
  [
    'openrouter/deepseek/deepseek-chat-v3.1:free',
    'deepseek/deepseek-chat-v3.1:free',
    'openrouter',
    'listed free',
  ],
  [
    'openrouter/deepseek/deepseek-chat-v3.1',
    'deepseek/deepseek-chat-v3.1',
    'openrouter',
    'listed price',
  ],
  ['z-ai/glm-4.6', 'zai/glm-4.6', null, 'known'],
  ['zai-org/GLM-4.6', 'zai/glm-4.6', null, 'known'],
  ['glm-4.7', 'zai/glm-4.7', null, 'listed price window'],
  ['qwen/qwen3-235b-a22b', 'qwen/qwen3-235b-a22b', null, 'known'],
  ['qwen-max', 'qwen/qwen-max', null, 'known'],
  ['qwen3-max', 'qwen/qwen3-max', null, 'known'],
  ['qwen/qwen-2.5-72b-instruct', 'qwen/qwen-2.5-72b-instruct', null, 'known'],
  ['Qwen/Qwen2.5-72B-Instruct', 'qwen/qwen2.5-72b-instruct', null, 'known'],
  [
    'openrouter/qwen/qwen-2.5-72b-instruct',
    'qwen/qwen-2.5-72b-instruct',
    'openrouter',
    'listed price',
  ],
  ['qwq-32b', 'qwen/qwq-32b', null, 'known'],
  ['qwen3:8b', 'qwen/qwen3:8b', 'ollama', 'local'],
  ['groq/llama-3.3-70b-versatile', 'meta/llama-3.3-70b-versatile', 'groq', 'listed price'],
  ['meta/llama-3.3-70b-instruct', 'meta/llama-3.3-70b-instruct', null, 'listed window'],
  ['meta-llama/Llama-3.3-70B-Instruct', 'meta/llama-3.3-70b-instruct', null, 'listed window'],
  [
    'huggingface/meta-llama/Llama-3.1-8B-Instruct',
    'meta/llama-3.1-8b-instruct',
    'huggingface',
    'known',
  ],
  [
    'openrouter/meta-llama/llama-3.3-70b-instruct:free',
    'meta/llama-3.3-70b-instruct:free',
    'openrouter',
    'listed free window',
  ],
  [
    'fireworks_ai/accounts/fireworks/models/llama-v3p1-8b-instruct',
    'meta/llama-v3p1-8b-instruct',
    'fireworks',
    'listed price window',
  ],
  ['accounts/fireworks/models/deepseek-v3', 'deepseek/deepseek-v3', 'fireworks', 'known'],
  [
    'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M',
    'meta/llama-3.2-3b-instruct-gguf:q4_k_m',
    'ollama',
    'local',
  ],
  ['ollama/llama3.1', 'meta/llama3.1', 'ollama', 'local'],
  ['microsoft/phi-4', 'microsoft/phi-4', null, 'listed price window'],
  ['phi4:14b', 'microsoft/phi4:14b', 'ollama', 'local'],
  ['minimax/minimax-m2', 'minimax/minimax-m2', null, 'known'],
  ['nvidia/nemotron-4-340b-instruct', 'nvidia/nemotron-4-340b-instruct', null, 'known'],
  ['ibm-granite/granite-3.3-8b-instruct', 'ibm/granite-3.3-8b-instruct', null, 'known'],
  ['openai/gpt-4o-mimi', 'openai/gpt-4o-mimi', null, 'unknown'],
  ['acme/quite-another-name', 'acme/quite-another-name', null, 'unknown'],
];

const catalogue = await loadCatalogue({ today: '2026-12-01' });

test('every spelling means its model, at its service', () => {
  for (const [spelling, id, host] of SPELLINGS) {
    const parsed = parseModelId(spelling);
    assert.deepEqual([parsed.id, parsed.host], [id, host], spelling);
  }
});

test('what is known of a model is found under every spelling', () => {
  for (const [spelling, , , text] of SPELLINGS) {
    const facts = new Set(text.split(' '));
    const found = catalogue.find(spelling);
    if (facts.has('unknown')) {
      assert.equal(found, null, spelling);
      continue;
    }
    assert.ok(found, spelling);
    assert.equal(found.local, facts.has('local'), spelling);
    if (facts.has('listed')) assert.ok(found.isListed, spelling);
    if (facts.has('family')) assert.ok(!found.isListed, spelling);
    if (facts.has('known')) continue;
    const hasPrice = facts.has('price') || facts.has('free');
    assert.equal(found.prices !== null, hasPrice, `${spelling}: price`);
    if (facts.has('free')) assert.equal(found.prices?.input, 0, spelling);
    assert.equal(found.contextWindow !== null, facts.has('window'), `${spelling}: window`);
    assert.equal(found.retirement !== null, facts.has('retires'), `${spelling}: retirement`);
  }
});

/** The models in the packages `openai` 7.59.0 and `@anthropic-ai/sdk` 1.14.0 that answer with text. */
const IN_PACKAGES = `
  gpt-4 gpt-4-turbo gpt-4.1 gpt-4.1-mini gpt-4.1-nano gpt-4o gpt-4o-2024-11-20 gpt-4o-mini gpt-5 gpt-5-2025-08-07
  gpt-5-chat-latest gpt-5-codex gpt-5-mini gpt-5-nano gpt-5-pro gpt-5.1 gpt-5.1-codex gpt-5.1-codex-max gpt-5.1-mini
  gpt-5.2 gpt-5.2-2025-12-11 gpt-5.2-chat-latest gpt-5.2-pro gpt-5.3-chat-latest gpt-5.4 gpt-5.4-mini
  gpt-5.4-mini-2026-03-17 gpt-5.4-nano gpt-5.5 gpt-5.5-2026-04-23 gpt-5.5-pro gpt-5.6-cyber gpt-5.6-luna gpt-5.6-sol
  gpt-5.6-terra gpt-6-astra gpt-6-cyber gpt-6-luna gpt-6-rosalind gpt-6-sol gpt-6.1-sol gpt-6.1-terra gpt-6.2-astra
  gpt-6.2-astra-law gpt-6.2-sol gpt-daybreak-blue-latest gpt-daybreak-red-latest gpt-rosalind-research o1 o1-mini
  o1-pro o3 o3-deep-research o3-mini o3-pro o4-mini o4-mini-deep-research
  claude-fable-5-2 claude-mythos-5-2 claude-haiku-5-5 claude-sonnet-5-5 claude-fable-5-1 claude-opus-5-5
  claude-mythos-5-1 claude-sonnet-5 claude-fable-5 claude-mythos-5 claude-opus-5 claude-opus-4-8 claude-opus-4-7
  claude-mythos-preview claude-opus-4-6 claude-sonnet-4-6 claude-haiku-4-5 claude-haiku-4-5-20251001 claude-opus-4-5
  claude-opus-4-5-20251101 claude-sonnet-4-5 claude-sonnet-4-5-20250929`;

test('the models of the makers’ own packages are known', () => {
  for (const id of IN_PACKAGES.trim().split(/\s+/)) assert.ok(catalogue.find(id), id);
});

test('a newer model refuses what the newest known one refuses', () => {
  for (const id of [
    'gpt-6.1-sol',
    'gpt-6.2-sol',
    'gpt-6.3-sol',
    'gpt-7',
    'claude-fable-5-2',
    'claude-opus-6',
    'o5',
  ])
    assert.ok(catalogue.find(id)?.reasoning?.parameters.includes('temperature'), id);
  const older = ['claude-sonnet-4-6', 'claude-3-5-sonnet-20241022', 'gpt-4o', 'gpt-4.1'];
  for (const id of older) assert.equal(catalogue.find(id)?.reasoning, null, id);
});

test('no suggestion is retired or of an older version', () => {
  const slips = [
    'gpt-6.9-sol',
    'gpt-6.2-sul',
    'gpt-5.7-terra',
    'claude-opus-5-9',
    'claude-sonet-5-5',
    'gemini-3.9-flush',
  ];
  for (const id of [...slips, ...SPELLINGS.map(([spelling]) => `${spelling}x`)])
    for (const suggestion of catalogue.suggest(id)) {
      const info = catalogue.find(suggestion);
      assert.ok(
        info && (info.retirement === null || info.retirement.date > '2026-12-01'),
        suggestion,
      );
      const name = parseModelId(suggestion).name;
      assert.ok(!isOlder(name, parseModelId(id).name), `${id}: ${suggestion}`);
    }
});
