import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  acceptsTemperature,
  findReasoningConflicts,
  findReasoningLimits,
} from '#core/models/reasoning.ts';
import type { Parameters } from '#core/prompt/document.ts';

/** `[model, parameters, the parameters it does not take]`. */
const CASES: [string, Parameters, string[]][] = [
  ['openai/gpt-4o', { temperature: 0.2, maxTokens: 10 }, []],
  ['openai/gpt-4.1', { temperature: 0 }, []],
  ['openai/o1', { temperature: 0.2, maxTokens: 10 }, ['temperature', 'maxTokens']],
  [
    'o3-mini',
    { topP: 0.5, presencePenalty: 1, frequencyPenalty: 1 },
    ['topP', 'presencePenalty', 'frequencyPenalty'],
  ],
  ['o3-mini', { stop: 'x' }, []],
  ['openai/o3', { stop: 'x' }, ['stop']],
  ['o4-mini-2025-04-16', { stop: ['x'], temperature: 0 }, ['temperature', 'stop']],
  ['gpt-5-mini', { stop: 'x' }, ['stop']],
  ['gpt-5.2', { stop: 'x' }, []],
  ['gpt-5.2', { stop: 'x', reasoningEffort: 'low' }, ['stop']],
  ['o4-mini', { maxCompletionTokens: 10, seed: 1 }, []],
  ['openai/gpt-5', { temperature: 0.7 }, ['temperature']],
  // The defaults pass.
  ['openai/gpt-5', { temperature: 1, topP: 1, presencePenalty: 0, frequencyPenalty: 0 }, []],
  ['gpt-5-mini-2025-08-07', { temperature: 0 }, ['temperature']],
  ['gpt-5-chat-latest', { temperature: 0.7, maxTokens: 5 }, []],
  // From 5.1 on they sample while they do not reason, which is the default up to 5.4.
  ['openai/gpt-5.2', { temperature: 0.7 }, []],
  ['openai/gpt-5.2', { temperature: 0.7, reasoningEffort: 'high' }, ['temperature']],
  ['gpt-5.2-pro', { temperature: 0.7 }, ['temperature']],
  ['gpt-5.6-sol', { temperature: 0.7 }, ['temperature']],
  ['gpt-5.6-sol', { temperature: 0.7, reasoningEffort: 'none' }, []],
  ['gpt-6-astra', { temperature: 0.7, reasoningEffort: 'none' }, ['temperature']],
  ['gpt-oss-120b', { temperature: 0.7, maxTokens: 5 }, []],
  ['claude-opus-4-6', { temperature: 0.7 }, []],
  ['claude-opus-4-7', { temperature: 1, maxTokens: 5 }, ['temperature']],
  ['anthropic/claude-opus-4.8', { topP: 0.9 }, ['topP']],
  ['claude-sonnet-5', { temperature: 0 }, ['temperature']],
  ['deepseek-reasoner', { temperature: 0 }, ['temperature']],
  ['deepseek-chat', { temperature: 0 }, []],
  ['grok-4.3', { presencePenalty: 1, stop: 'x', temperature: 0 }, ['presencePenalty', 'stop']],
  ['grok-4-fast-non-reasoning', { presencePenalty: 1 }, []],
  ['acme/chat', { temperature: 0 }, []],
];

for (const [model, parameters, expected] of CASES) {
  test(`${model} with ${JSON.stringify(parameters)} does not take [${expected}]`, () => {
    const limits = findReasoningLimits(model);
    const conflicts = limits ? findReasoningConflicts(limits, parameters) : [];
    assert.deepEqual(
      conflicts.map(({ parameter }) => parameter),
      expected,
    );
  });
}

test('a conflict says what happens and what to use', () => {
  const limits = findReasoningLimits('o3');
  assert.ok(limits);
  assert.deepEqual(findReasoningConflicts(limits, { maxTokens: 5 }), [
    { parameter: 'maxTokens', effect: 'rejected', instead: 'maxCompletionTokens' },
  ]);
  assert.equal(findReasoningLimits('deepseek-reasoner')?.effect, 'ignored');
  assert.match(limits.source, /^https:/);
});

test('a judge gets `temperature: 0` unless its model would reject the call', () => {
  for (const id of ['o3', 'openai/o4-mini', 'gpt-5', 'openai/gpt-5.1', 'claude-opus-5'])
    assert.equal(acceptsTemperature(id), false, id);
  for (const id of ['openai/gpt-4o', 'gpt-5-chat-latest', 'deepseek-reasoner', 'grok-4', 'unknown'])
    assert.equal(acceptsTemperature(id), true, id);
});
