import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelPart } from '#core/eval/model.ts';
import { ask, errorOf, serve } from '../../support/model-calls.ts';

/*
 * The shapes that Ollama and vLLM document for their OpenAI-compatible interfaces:
 * https://docs.ollama.com/api/openai-compatibility, https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html
 */

function events(...chunks: object[]): string {
  return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
}

function chunk(delta: object, finish: string | null = null, more: object = {}): object {
  const choice = { index: 0, delta, logprobs: null, finish_reason: finish, ...more };
  return { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [choice] };
}

function usage(more: object = {}): object {
  return {
    ...chunk({}),
    choices: [],
    usage: { prompt_tokens: 9, total_tokens: 12, completion_tokens: 3, ...more },
  };
}

async function end(text: string): Promise<Extract<ModelPart, { kind: 'end' }>['answer']> {
  const last = (await ask(await serve({ kind: 'raw', text }))).at(-1);
  assert.ok(last?.kind === 'end', JSON.stringify(last));
  return last.answer;
}

test('Ollama repeats the role in each chunk and ends with an empty one', async () => {
  const answer = await end(
    events(
      chunk({ role: 'assistant', content: 'Hi' }),
      chunk({ role: 'assistant', content: '' }, 'stop'),
      usage(),
    ),
  );
  assert.deepEqual([answer.text, answer.finishReason], ['Hi', 'stop']);
  assert.deepEqual(answer.usage, { input: 9, output: 3 });
});

test('thoughts of a reasoning model are no part of the answer', async () => {
  for (const key of ['reasoning', 'reasoning_content']) {
    const answer = await end(
      events(
        chunk({ role: 'assistant', content: '' }),
        chunk({ content: null, [key]: 'Let me think.' }),
        chunk({ content: '42' }),
        chunk({}, 'stop', { stop_reason: null }),
        usage({ prompt_tokens_details: null }),
      ),
    );
    assert.equal(answer.text, '42', key);
  }
});

test('a model that only thought has an empty answer, and says why it ended', async () => {
  const answer = await end(
    events(
      chunk({ role: 'assistant', content: '', reasoning: 'Hm.' }),
      chunk({}, 'length'),
      usage(),
    ),
  );
  assert.deepEqual([answer.text, answer.finishReason], ['', 'length']);
});

test('older versions of Ollama say an empty finish reason in every chunk', async () => {
  const text = events(
    chunk({ content: 'Hel' }, ''),
    chunk({ content: 'lo' }, ''),
    chunk({}, 'stop'),
  );
  const answer = await end(text);
  assert.deepEqual([answer.text, answer.finishReason], ['Hello', 'stop']);
});

test('vLLM that gave a request up says abort', async () => {
  const answer = await end(events(chunk({ content: 'Half' }), chunk({}, 'abort'), usage()));
  assert.deepEqual([answer.text, answer.finishReason], ['Half', 'other']);
});

test('vLLM that counts in every chunk is counted once', async () => {
  const counted = (delta: object, finish: string | null, output: number) => ({
    ...chunk(delta, finish),
    usage: { prompt_tokens: 9, completion_tokens: output, total_tokens: 9 + output },
  });
  const answer = await end(
    events(counted({ content: 'a' }, null, 1), counted({ content: 'b' }, 'length', 2)),
  );
  assert.deepEqual([answer.finishReason, answer.usage], ['length', { input: 9, output: 2 }]);
});

test('their errors say what to do, in whichever shape they come', async () => {
  const table: [status: number, body: object, kind: string, message: RegExp][] = [
    [
      404,
      {
        error: { message: "model 'x' not found", type: 'not_found_error', param: null, code: null },
      },
      'not-found',
      /model 'x' not found/,
    ],
    [
      400,
      {
        object: 'error',
        message: "This model's maximum context length is 4096 tokens.",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
      'context-length',
      /longer than the model takes.*4096/,
    ],
    [
      400,
      {
        error: {
          message: 'request (9030 tokens) exceeds the available context size (2048 tokens)',
          type: 'exceed_context_size_error',
          code: 400,
        },
      },
      'context-length',
      /longer than the model takes.*9030/,
    ],
    [
      400,
      { error: { message: 'top_p must be in (0, 1]', type: 'BadRequestError', code: 400 } },
      'bad-request',
      /top_p/,
    ],
    [
      400,
      { object: 'error', message: 'max_tokens must be at least 1, got -186.', code: 400 },
      'context-length',
      /longer than the model takes/,
    ],
    [401, { error: 'Unauthorized' }, 'auth', /Unauthorized/],
    [
      422,
      { detail: [{ loc: ['body', 'seed'], msg: 'not an integer' }] },
      'bad-request',
      /not an integer/,
    ],
  ];
  for (const [status, body, kind, message] of table) {
    const error = await errorOf(await serve({ kind: 'status', status, body }));
    assert.equal(error.kind, kind, JSON.stringify(body));
    assert.match(error.message, message);
  }
});

test('an error in the middle of a stream is an error, not the end of the answer', async () => {
  const broken = { error: { message: 'engine died', type: 'InternalServerError', code: 500 } };
  const text = `${events(chunk({ content: 'Once' })).replace('data: [DONE]\n\n', '')}${events(broken)}`;
  const error = await errorOf(await serve({ kind: 'raw', text }));
  assert.match(error.message, /engine died/);
  assert.equal(error.kind, 'unavailable');
});
