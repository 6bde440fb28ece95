import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  describeChange,
  type SentParts,
  selectParameters,
} from '#core/models/select-parameters.ts';
import type { Parameters } from '#core/prompt/document.ts';

const ALL: Parameters = {
  temperature: 0.5,
  topP: 0.9,
  maxTokens: 50,
  presencePenalty: 1,
  frequencyPenalty: 1,
  stop: ['END'],
  seed: 7,
  reasoningEffort: 'low',
};

function select(parts: Partial<SentParts>): [sent: Parameters, changes: string[]] {
  const { parameters, changes } = selectParameters({
    api: 'responses',
    model: 'openai/gpt-4o',
    parameters: ALL,
    ...parts,
  });
  return [parameters, changes.map(describeChange)];
}

test('the Responses API is not sent what it has no field for', () => {
  const { temperature, topP, maxTokens, reasoningEffort } = ALL;
  const reason = 'is not sent: the Responses API has no such parameter';
  assert.deepEqual(select({}), [
    { temperature, topP, maxTokens, reasoningEffort },
    ['presencePenalty', 'frequencyPenalty', 'stop', 'seed'].map((key) => `${key} ${reason}`),
  ]);
});

test('the Responses API is sent no output limit below its lowest', () => {
  const raised = (key: string) => [
    `${key} is changed: the Responses API takes 16 at least, and 16 is sent`,
  ];
  const table: [given: Parameters, sent: Parameters, changes: string[]][] = [
    [{ maxTokens: 5 }, { maxTokens: 16 }, raised('maxTokens')],
    [{ maxCompletionTokens: 15 }, { maxCompletionTokens: 16 }, raised('maxCompletionTokens')],
    [{ maxTokens: 16 }, { maxTokens: 16 }, []],
    [{ maxTokens: 0 }, { maxTokens: 0 }, []],
    [{}, {}, []],
  ];
  for (const [parameters, sent, changes] of table)
    assert.deepEqual(select({ parameters }), [sent, changes]);
  // Under the name that the file has, also where the model knows the other one.
  const [sent, changes] = select({ model: 'openai/o3-pro', parameters: { maxTokens: 5 } });
  assert.deepEqual([sent, changes], [{ maxCompletionTokens: 16 }, raised('maxTokens')]);
  const chat = select({ api: 'chat', parameters: { maxTokens: 5 } });
  assert.deepEqual(chat, [{ maxTokens: 5 }, []]);
});

test('a model that reasons is sent no sampling through any interface', () => {
  const parameters = { temperature: 0, maxTokens: 50 };
  const reason = 'temperature is not sent: openai/o3-pro does not support it';
  assert.deepEqual(select({ model: 'openai/o3-pro', parameters }), [
    { maxCompletionTokens: 50 },
    [reason],
  ]);
  const [, changes] = select({ api: 'chat', model: 'openai/o3-pro', parameters });
  assert.deepEqual(changes, [
    reason,
    'maxTokens is changed: openai/o3-pro takes max_completion_tokens instead',
  ]);
});

test('what settings say of a model counts where its name says nothing', () => {
  const parameters = { temperature: 0, topP: 0.5 };
  const model = 'lab/deployment-7';
  assert.deepEqual(select({ model, parameters }), [parameters, []]);
  assert.deepEqual(select({ model, parameters, traits: { takesTemperature: false } }), [
    { topP: 0.5 },
    ['temperature is not sent: lab/deployment-7 does not take it, according to the settings'],
  ]);
  assert.deepEqual(select({ model, parameters, traits: { reasons: true } })[0], {});
});
