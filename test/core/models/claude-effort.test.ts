import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectClaudeEffort } from '#core/models/claude-effort.ts';

test('a level is sent as far as the model has it, else the next lower one', () => {
  const table: [model: string, wanted: string, effort: string | null, thinking: string | null][] = [
    ['claude-opus-5-5', 'max', 'max', null],
    ['claude-opus-5-5', 'minimal', 'low', null],
    ['claude-fable-5', 'xhigh', 'xhigh', null],
    ['claude-haiku-5-5', 'medium', 'medium', null],
    ['claude-sonnet-5', 'xhigh', 'xhigh', null],
    ['claude-opus-4-8', 'high', 'high', 'adaptive'],
    ['claude-opus-4-7', 'minimal', 'low', 'adaptive'],
    ['anthropic/claude-sonnet-4.6', 'xhigh', 'high', 'adaptive'],
    ['claude-opus-4-6', 'max', 'max', 'adaptive'],
    ['claude-opus-4-5-20251101', 'max', 'high', null],
    ['claude-sonnet-4-5-20250929', 'high', null, null],
    ['claude-haiku-4-5', 'low', null, null],
    ['claude-opus-4-20250514', 'low', null, null],
    ['claude-3-7-sonnet-latest', 'low', null, null],
    // Newer than all that is known.
    ['claude-opus-6', 'xhigh', 'xhigh', null],
    ['our-deployment', 'max', 'max', null],
    ['claude-opus-5', 'ultra', 'ultra', null],
  ];
  for (const [model, wanted, effort, thinking] of table) {
    const found = selectClaudeEffort(model, wanted);
    assert.deepEqual([found.effort, found.thinking], [effort, thinking], `${model} ${wanted}`);
    assert.equal(found.reason === null, effort === wanted, `${model} ${wanted}: ${found.reason}`);
  }
});

test('none turns thinking off where it is on and can be off', () => {
  const table: [model: string, effort: string | null, thinking: string | null, says: boolean][] = [
    ['claude-opus-5-5', 'low', null, true],
    ['claude-fable-5-1', 'low', null, true],
    ['claude-mythos-preview', 'low', null, true],
    ['claude-opus-6', 'low', null, true],
    ['claude-sonnet-5-5', null, 'between_tools', true],
    ['claude-opus-5', null, 'disabled', true],
    ['claude-haiku-5-5', null, 'disabled', true],
    ['our-deployment', null, 'disabled', true],
    ['claude-opus-4-8', null, null, false],
    ['claude-haiku-4-5', null, null, false],
  ];
  for (const [model, effort, thinking, says] of table) {
    const found = selectClaudeEffort(model, 'none');
    assert.deepEqual(
      [found.effort, found.thinking, found.reason !== null],
      [effort, thinking, says],
      model,
    );
  }
});
