import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModelId } from '#core/models/model-id.ts';
import { findSentName } from '#core/models/sent-name.ts';

/** `[provider, written, sent, the id that the catalogue looks up]`. */
const NAMES: [provider: string, written: string, sent: string, lookup: string][] = [
  ['openai', 'openai/gpt-4o-mini', 'gpt-4o-mini', 'openai/gpt-4o-mini'],
  ['openai', 'gpt-4o-mini', 'gpt-4o-mini', 'openai/gpt-4o-mini'],
  ['openai', ' openai/gpt-4o ', 'gpt-4o', 'openai/gpt-4o'],
  ['openai', 'OpenAI/My-Alias', 'My-Alias', 'openai/my-alias'],
  ['openai', 'openai:gpt-4o', 'gpt-4o', 'openai/gpt-4o'],
  ['openai', 'openai:chat:gpt-4o', 'gpt-4o', 'openai/gpt-4o'],
  ['openai', 'github:openai/gpt-4o', 'gpt-4o', 'openai/gpt-4o'],
  [
    'openai',
    'ft:gpt-4o-mini-2024-07-18:Acme::9xYz',
    'ft:gpt-4o-mini-2024-07-18:Acme::9xYz',
    'openai/ft:gpt-4o-mini-2024-07-18:acme::9xyz',
  ],
  [
    'openai',
    'openai/ft:gpt-4o-mini-2024-07-18:Acme::9xYz',
    'ft:gpt-4o-mini-2024-07-18:Acme::9xYz',
    'openai/ft:gpt-4o-mini-2024-07-18:acme::9xyz',
  ],
  ['anthropic', 'claude/claude-sonnet-4-5', 'claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
  ['anthropic', 'claude-sonnet-4-5', 'claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
  ['mistral', 'mistralai/Mistral-Large', 'Mistral-Large', 'mistral-ai/mistral-large'],
  ['mistral', 'mistral-large-latest', 'mistral-large-latest', 'mistral-ai/mistral-large-latest'],
  ['xai', 'x-ai/grok-4', 'grok-4', 'xai/grok-4'],
  ['google', 'gemini/gemini-2.5-pro', 'gemini-2.5-pro', 'google/gemini-2.5-pro'],
  [
    'vllm',
    'vllm/meta-llama/Llama-3.1-8B-Instruct',
    'meta-llama/Llama-3.1-8B-Instruct',
    'meta/llama-3.1-8b-instruct',
  ],
  [
    'lab',
    'lab/Qwen2.5-Coder-32B-Instruct',
    'Qwen2.5-Coder-32B-Instruct',
    'lab/qwen2.5-coder-32b-instruct',
  ],
  ['lab', 'lab/MyDeployment', 'MyDeployment', 'lab/mydeployment'],
  ['lab', 'lab/Team/MyModel:v2', 'Team/MyModel:v2', 'lab/team/mymodel:v2'],
  ['lab', 'lab:Tiny', 'Tiny', 'lab:tiny'],
  [
    'lab',
    'meta-llama/Llama-3.1-8B-Instruct',
    'meta-llama/Llama-3.1-8B-Instruct',
    'meta/llama-3.1-8b-instruct',
  ],
  ['lab', 'Llama-3.1-8B-Instruct', 'Llama-3.1-8B-Instruct', 'meta/llama-3.1-8b-instruct'],
  ['lab', 'openai/gpt-oss-120b', 'openai/gpt-oss-120b', 'openai/gpt-oss-120b'],
  ['lab', 'labs/x', 'labs/x', 'labs/x'],
  ['ollama', 'ollama/llama3.2:3b', 'llama3.2:3b', 'meta/llama3.2:3b'],
  ['ollama', 'ollama:chat:llama3.1:8b', 'llama3.1:8b', 'meta/llama3.1:8b'],
  ['ollama', 'ollama_chat/Llama3.1', 'Llama3.1', 'meta/llama3.1'],
  ['ollama', 'qwen2.5-coder:7b', 'qwen2.5-coder:7b', 'qwen/qwen2.5-coder:7b'],
  ['ollama', 'mistral:7b', 'mistral:7b', 'mistral-ai/mistral:7b'],
  ['ollama', 'ollama/someone/MyModel', 'someone/MyModel', 'someone/mymodel'],
  ['ollama', 'someone/MyModel', 'someone/MyModel', 'someone/mymodel'],
  ['ollama', 'meta/llama3.2', 'llama3.2', 'meta/llama3.2'],
  [
    'ollama',
    'ollama/hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M',
    'hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M',
    'hf.co/bartowski/llama-3.2-3b-instruct-gguf:q4_k_m',
  ],
  ['openrouter', 'openrouter/auto', 'openrouter/auto', 'auto'],
  ['openrouter', 'openrouter/openrouter/auto', 'openrouter/auto', 'openrouter/auto'],
  [
    'openrouter',
    'openrouter/anthropic/claude-sonnet-4.5',
    'anthropic/claude-sonnet-4.5',
    'anthropic/claude-sonnet-4.5',
  ],
  [
    'openrouter',
    'openrouter/meta-llama/llama-3.3-70b-instruct:free',
    'meta-llama/llama-3.3-70b-instruct:free',
    'meta/llama-3.3-70b-instruct:free',
  ],
  ['openrouter', 'openai/gpt-4o-mini', 'openai/gpt-4o-mini', 'openai/gpt-4o-mini'],
  ['groq', 'groq/compound', 'groq/compound', 'compound'],
  ['groq', 'groq/compound-mini', 'groq/compound-mini', 'compound-mini'],
  ['groq', 'groq/groq/compound', 'groq/compound', 'groq/compound'],
  ['groq', 'groq/compound-beta', 'compound-beta', 'compound-beta'],
  [
    'groq',
    'groq/moonshotai/Kimi-K2-Instruct',
    'moonshotai/Kimi-K2-Instruct',
    'moonshotai/kimi-k2-instruct',
  ],
  [
    'together',
    'together/meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'meta/llama-3.3-70b-instruct-turbo',
  ],
  [
    'together',
    'together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'meta-llama/Llama-3.3-70B-Instruct-Turbo',
    'meta/llama-3.3-70b-instruct-turbo',
  ],
  ['azure', 'azure/Prod-Chat', 'Prod-Chat', 'prod-chat'],
  ['azure', 'azure-openai/Prod-Chat', 'Prod-Chat', 'prod-chat'],
  [
    'azure',
    'azureml://registries/azureml-meta/models/Meta-Llama-3.1-8B-Instruct/versions/5',
    'Meta-Llama-3.1-8B-Instruct',
    'meta/meta-llama-3.1-8b-instruct',
  ],
  ['github', 'github/openai/gpt-4.1', 'openai/gpt-4.1', 'openai/gpt-4.1'],
];

test('a name is sent as written behind the provider’s prefix, and folded only to be looked up', () => {
  for (const [provider, written, sent, lookup] of NAMES) {
    assert.equal(findSentName(provider, written), sent, `${written} at ${provider}`);
    assert.equal(parseModelId(written).id, lookup, written);
  }
});
