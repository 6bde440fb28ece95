import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Parameters } from '#core/prompt/document.ts';
import { type Adaptation, applyAdaptation, learnFrom, UNADAPTED } from '#io/models/adaptation.ts';
import { ask, errorOf, KEY, serve } from '../../support/model-calls.ts';

const PARAMETERS: Parameters = {
  temperature: 0,
  topP: 0.5,
  seed: 1,
  maxTokens: 9,
  presencePenalty: 1,
  frequencyPenalty: 1,
  reasoningEffort: 'low',
};

function learn(
  message: string,
  { param, status = 400 }: { param?: string | null; status?: number } = {},
  adaptation: Adaptation = UNADAPTED,
): Adaptation | null {
  const error = { status, message: `${status} ${message}`, param };
  return learnFrom(error, { parameters: PARAMETERS, adaptation }, (text) => text);
}

test('a parameter that the server names as unsupported is left out, and nothing else', () => {
  const table: [message: string, param: string | null, omitted: string][] = [
    [
      "Unsupported value: 'temperature' does not support 0 with this model.",
      'temperature',
      'temperature',
    ],
    ["Unsupported parameter: 'top_p' is not supported with this model.", 'top_p', 'topP'],
    ['Unrecognized request argument supplied: seed', null, 'seed'],
    ['Invalid JSON payload received. Unknown name "presencePenalty"', null, 'presencePenalty'],
    ['`frequency_penalty` is not supported by this provider', null, 'frequencyPenalty'],
    ["Unknown parameter: 'reasoning_effort'.", 'reasoning_effort', 'reasoningEffort'],
  ];
  for (const [message, param, name] of table)
    assert.deepEqual([...(learn(message, { param })?.omitted.keys() ?? [])], [name], message);
});

test('a value out of range, a server error and a format are the author’s to mend', () => {
  assert.equal(
    learn("Invalid 'temperature': decimal above maximum value.", { param: 'temperature' }),
    null,
  );
  assert.equal(
    learn("Unsupported parameter: 'temperature'", { param: 'temperature', status: 500 }),
    null,
  );
  const format = "Invalid parameter: 'response_format' of type 'json_schema' is not supported.";
  assert.equal(learn(format, { param: 'response_format' }), null);
  assert.equal(learn('tool_choice is not supported', { param: 'tool_choice' }), null);
});

test('limit, stream and token counts have another way', () => {
  const limit = learn(
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    { param: 'max_tokens' },
  );
  assert.equal(limit?.renamesLimit, true);
  assert.deepEqual(applyAdaptation({ maxTokens: 9 }, limit ?? UNADAPTED).parameters, {
    maxCompletionTokens: 9,
  });
  const verify = 'Your organization must be verified to stream this model.';
  assert.equal(learn(verify, { param: 'stream' })?.stream, false);
  const options = learn('Unknown field: stream_options');
  assert.deepEqual([options?.asksUsage, options?.stream], [false, true]);
  assert.equal(learn('extra fields not permitted')?.asksUsage, false);
  assert.equal(learn('extra fields not permitted', {}, { ...UNADAPTED, asksUsage: false }), null);
});

test('what the server taught holds for the next call to the model', async () => {
  const refused = (param: string, message: string) => ({
    kind: 'status' as const,
    status: 400,
    body: { error: { message, param, code: 'unsupported_value', type: 'invalid_request_error' } },
  });
  const server = await serve(
    refused('temperature', `'temperature' does not support 0 for ${KEY}.`),
    refused('stream', 'Streaming is not supported.'),
    { kind: 'whole', text: 'billing' },
  );
  const parts = await ask(server, { parameters: { temperature: 0 } });
  const last = parts.at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  assert.equal(last.answer.text, 'billing');
  const [change] = last.answer.changes ?? [];
  assert.deepEqual([change?.key, change?.effect], ['temperature', 'left-out']);
  assert.match(change?.reason ?? '', /does not support 0 for \[key\]/);
  const bodies = server.requests.map(({ body }) => [body.temperature, body.stream]);
  assert.deepEqual(bodies, [
    [0, true],
    [undefined, true],
    [undefined, false],
  ]);
});

test('a server that refuses without end is not asked without end', async () => {
  const server = await serve({
    kind: 'status',
    status: 400,
    body: { error: { message: "Unsupported parameter: 'temperature'", param: 'temperature' } },
  });
  const error = await errorOf(server, { parameters: { temperature: 0 } });
  assert.equal(error.kind, 'bad-request');
  assert.equal(server.requests.length, 2);
});
