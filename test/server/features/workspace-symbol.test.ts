import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSymbols } from '#server/features/workspace-symbol.ts';
import { createPromptEntry } from '#server/prompt-entry.ts';
import { analyze } from '#test/support/analysis.ts';
import { OUTLINE } from '#test/support/sample-prompts.ts';

const { analysis } = analyze(OUTLINE);

test('workspace symbols: prompts by name, and variables for a query', () => {
  const entries = [createPromptEntry(analysis)];
  assert.deepEqual(
    findSymbols(entries, '').map(({ name }) => name),
    ['Weather'],
  );
  assert.deepEqual(
    findSymbols(entries, 'wtr').map(({ containerName }) => containerName),
    ['openai/gpt-4o'],
  );
  assert.deepEqual(
    findSymbols(entries, 'CIT').map(({ name, containerName }) => [name, containerName]),
    [['city', 'Weather']],
  );
  assert.deepEqual(findSymbols(entries, 'zzz'), []);
});
