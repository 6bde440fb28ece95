import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelError, ModelPart, ModelRequest } from '#core/eval/model.ts';
import { streamAnswer } from '#core/eval/run/stream-answer.ts';
import { answerOf, portsOf, TARGET } from '../../../support/evals.ts';

const REQUEST: ModelRequest = {
  ...TARGET,
  messages: [{ role: 'user', content: 'Hi' }],
  parameters: {},
  why: { case: 'a', repeat: 0, role: 'answer' },
};
const OTHER = { ...TARGET, provider: 'openrouter', origin: 'https://openrouter.ai', model: 'o/m' };

/** What is seen when the calls end so, one after the other. */
async function seen(
  ends: readonly (string | Partial<ModelError>)[],
  targets: Parameters<typeof streamAnswer>[1] = [TARGET],
): Promise<{ parts: string[]; asked: string[]; slept: number[] }> {
  const asked: string[] = [];
  const slept: number[] = [];
  const queue = [...ends];
  const model = {
    async *complete(request: ModelRequest): AsyncGenerator<ModelPart> {
      asked.push(`${request.provider} ${request.model}`);
      const end = queue.shift();
      if (typeof end !== 'string')
        return yield { kind: 'error', error: { kind: 'network', message: 'broke', ...end } };
      yield { kind: 'text', text: end };
      yield { kind: 'end', answer: answerOf(end) };
    },
  };
  const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) };
  const ports = { ...portsOf(model), clock, random: () => 1 };
  const parts: string[] = [];
  for await (const part of streamAnswer(REQUEST, targets, ports, new AbortController().signal)) {
    if (part.kind === 'end') parts.push(`end ${part.answer.text} by ${part.target.provider}`);
    else if (part.kind === 'text') parts.push(part.text);
    else parts.push(`${part.kind} ${part.error.kind}`);
  }
  return { parts, asked, slept };
}

test('an outage is tried again, with longer pauses', async () => {
  const { parts, slept } = await seen([{}, { kind: 'unavailable' }, 'hello']);
  assert.deepEqual(parts, ['again network', 'again unavailable', 'hello', 'end hello by openai']);
  assert.deepEqual(slept, [500, 1000]);
});

test('a provider that stays away gives way to the next of the route, which is said', async () => {
  const { parts, asked } = await seen([{}, {}, {}, 'hello'], [TARGET, OTHER]);
  assert.deepEqual(parts.slice(2), ['elsewhere network', 'hello', 'end hello by openrouter']);
  assert.deepEqual(asked.at(-1), 'openrouter o/m');
});

test('what would go no better is an error at once', async () => {
  const table: [
    error: Partial<ModelError>,
    targets: Parameters<typeof streamAnswer>[1],
    parts: string[],
  ][] = [
    [{ kind: 'auth' }, [TARGET, OTHER], ['error auth']],
    [{ kind: 'bad-request' }, [TARGET, OTHER], ['error bad-request']],
    [{ kind: 'timeout' }, [TARGET], ['error timeout']],
    [{ kind: 'rate-limit', retryAfterMs: 60_000 }, [TARGET], ['error rate-limit']],
  ];
  for (const [error, targets, parts] of table)
    assert.deepEqual((await seen([error], targets)).parts, parts);
  const pause = await seen([{ kind: 'rate-limit', retryAfterMs: 3000 }, 'x']);
  assert.deepEqual(pause.slept, [3000]);
});

test('stopping ends it, also in a pause', async () => {
  const stop = new AbortController();
  const model = {
    async *complete(): AsyncGenerator<ModelPart> {
      yield { kind: 'error', error: { kind: 'network', message: 'broke' } };
    },
  };
  const clock = {
    now: () => 0,
    sleep: async (_: number, signal: AbortSignal) => {
      stop.abort();
      signal.throwIfAborted();
    },
  };
  const parts: string[] = [];
  await assert.rejects(async () => {
    const ports = { ...portsOf(model), clock };
    for await (const part of streamAnswer(REQUEST, [TARGET], ports, stop.signal))
      parts.push(part.kind);
  });
  assert.deepEqual(parts, ['again']);
});
