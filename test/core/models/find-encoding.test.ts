import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findEncoding } from '#core/models/find-encoding.ts';

const EXACT: [string, string][] = [
  ['openai/gpt-4o', 'o200k_base'],
  ['gpt-4o-2024-05-13', 'o200k_base'],
  ['github:openai/gpt-4.1-mini', 'o200k_base'],
  ['openai/gpt-5.2', 'o200k_base'],
  ['gpt-5-chat-latest', 'o200k_base'],
  ['chatgpt-4o-latest', 'o200k_base'],
  ['o1', 'o200k_base'],
  ['o3-mini', 'o200k_base'],
  ['o4-mini-2025-04-16', 'o200k_base'],
  ['gpt-oss:20b', 'o200k_base'],
  ['ft:gpt-4o-mini-2024-07-18:acme::1', 'o200k_base'],
  ['azureml://registries/azure-openai/models/gpt-4o/versions/2024-08-06', 'o200k_base'],
  ['gpt-4', 'cl100k_base'],
  ['gpt-4-turbo-2024-04-09', 'cl100k_base'],
  ['gpt-4-32k', 'cl100k_base'],
  ['gpt-3.5-turbo', 'cl100k_base'],
  ['azure/gpt-35-turbo', 'cl100k_base'],
  ['text-embedding-3-small', 'cl100k_base'],
];

for (const [id, encoding] of EXACT) {
  test(`${id} is counted exactly with ${encoding}`, () => {
    assert.deepEqual(findEncoding(id), { encoding, exact: true });
  });
}

const GUESSED = [
  'claude-opus-5-5',
  'claude-3-5-sonnet-20241022',
  'gemini-2.5-pro',
  'meta/llama-3.3-70b-instruct',
  'qwen2.5-coder:7b',
  'deepseek/deepseek-r1',
  'mistral-ai/mistral-large-2411',
  'microsoft/phi-4',
  'gpt-6-sol',
  'acme/chat',
  'auto',
  '',
  null,
];

for (const id of GUESSED) {
  test(`${JSON.stringify(id)} is an estimate that says what it rests on`, () => {
    const { exact, basis, scale = 1 } = findEncoding(id);
    assert.equal(exact, false);
    assert.ok(basis && basis.length > 20);
    assert.ok(scale >= 1 && scale <= 1.35);
  });
}

test('all models of tiktoken’s own table have its encoding', () => {
  const table = new URL('../../../node_modules/tiktoken/model_to_encoding.json', import.meta.url);
  const encodings = JSON.parse(readFileSync(table, 'utf8')) as Record<string, string>;
  const ours = Object.entries(encodings).filter(([, encoding]) =>
    /^(?:o200k|cl100k)_base$/.test(encoding),
  );
  assert.ok(ours.length > 60);
  for (const [model, encoding] of ours) {
    assert.deepEqual([model, findEncoding(model)], [model, { encoding, exact: true }]);
  }
});
