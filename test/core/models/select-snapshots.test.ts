import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectSnapshots } from '#core/models/select-snapshots.ts';

const KNOWN = [
  'openai/gpt-4o',
  'openai/gpt-4o-2024-05-13',
  'openai/gpt-4o-2024-11-20',
  'openai/gpt-4o-mini-2024-07-18',
  'openai/gpt-4-0613',
  'mistral-ai/mistral-large-2411',
  'mistral-ai/mistral-large-2512',
  'anthropic/claude-opus-4-20250514',
  'acme/gpt-4o-2025-01-01',
];
const select = (publisher: string | null, name: string) =>
  selectSnapshots({ publisher, name }, KNOWN);

test('the dated versions of the very model, the newest first', () => {
  assert.deepEqual(select('openai', 'gpt-4o'), ['gpt-4o-2024-11-20', 'gpt-4o-2024-05-13']);
  assert.deepEqual(select('openai', 'gpt-4'), ['gpt-4-0613']);
  assert.deepEqual(select('mistral-ai', 'mistral-large-latest'), [
    'mistral-large-2512',
    'mistral-large-2411',
  ]);
  assert.deepEqual(select('anthropic', 'claude-opus-4'), ['claude-opus-4-20250514']);
});

test('none for a dated name, another publisher and a model without any', () => {
  assert.deepEqual(select('openai', 'gpt-4o-2024-05-13'), []);
  assert.deepEqual(select('other', 'gpt-4o'), []);
  assert.deepEqual(select(null, 'gpt-4o'), []);
  assert.deepEqual(select('openai', 'gpt-5'), []);
});
