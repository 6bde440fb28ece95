import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { findApi } from '#core/models/find-api.ts';

/** The models of a type of the package `openai`. */
function readModels(type: string): string[] {
  const types = new URL('resources/shared.d.ts', import.meta.resolve('openai'));
  const source = readFileSync(types, 'utf8');
  const union = new RegExp(`export type ${type} = ([^;]+);`).exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, model = '']) => model);
}

test('the models that only the Responses API serves are called through it', () => {
  const chat = new Set(readModels('ChatModel'));
  const models = readModels('ResponsesModel').filter((model) => !chat.has(model));
  assert.ok(models.length > 10);
  for (const model of models) {
    assert.equal(findApi('openai', `openai/${model}`), 'responses', model);
    assert.equal(findApi('azure', `azure/${model}`), 'responses', model);
    // A gateway is called as it says, and most have Chat Completions alone.
    assert.equal(findApi('openrouter', `openrouter/openai/${model}`), 'chat', model);
    assert.equal(findApi(null, model), 'chat', model);
  }
});

test('the other models of OpenAI are called through Chat Completions', () => {
  // Of these the package counts some among both, which only the Responses API serves.
  const both = /-pro(?:-|$)|codex/;
  const models = readModels('ChatModel').filter((model) => !both.test(model));
  assert.ok(models.length > 60);
  for (const model of models) assert.equal(findApi('openai', model), 'chat', model);
  for (const model of ['gpt-4o-prototype', 'gpt-5-production', 'ft:gpt-4o:acme:pro:1'])
    assert.equal(findApi('openai', model), 'chat', model);
});

test('the setting has the last word, and the provider the one before', () => {
  assert.equal(findApi('openai', 'o3-pro', 'chat'), 'chat');
  assert.equal(findApi('lab', 'anything', 'responses'), 'responses');
  assert.equal(findApi('anthropic', 'claude-sonnet-4-6'), 'messages');
  assert.equal(findApi('constructor', 'o3-pro'), 'chat');
});
