import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { ModelErrorKind, ModelPart, ModelRequest } from '#core/eval/model.ts';
import type { RunPorts } from '#core/eval/ports.ts';
import { Caller } from '#core/eval/run/caller.ts';
import { Cancellation } from '#core/eval/run/cancellation.ts';
import { Spending } from '#core/eval/run/spending.ts';
import { RunStopped } from '#core/eval/run-stopped.ts';
import { modelOf, portsOf, TARGET } from '../../../support/evals.ts';
import { end, failure } from '../../../support/runs.ts';

const REQUEST: ModelRequest = {
  provider: TARGET.provider,
  origin: TARGET.origin,
  model: TARGET.model,
  messages: [{ role: 'user', content: 'hello' }],
  parameters: {},
  why: { case: 'a', repeat: 0, role: 'answer' },
};

interface Scene {
  readonly places?: number;
  readonly limit?: number;
  readonly ports?: Partial<RunPorts>;
}

/** Calls one model, which replies with what `reply` says at that time. */
function callerOf(reply: () => ModelPart, { places = 1, limit, ports }: Scene = {}) {
  const caller = new Caller(
    portsOf(modelOf(reply), ports),
    new Cancellation(new AbortController().signal),
    new Spending(limit ?? null),
    { concurrency: () => places },
  );
  return (more: Partial<ModelRequest> = {}) => caller.call({ ...REQUEST, ...more }, TARGET.id);
}

const isOverBudget = (error: unknown) => error instanceof RunStopped && error.reason === 'budget';
const ok = () => end('fine');
const fails = (kind: ModelErrorKind) => () => failure({ kind });

test('each call that may have been charged counts as one of unknown cost, the others do not', async () => {
  const broken: Record<ModelErrorKind, number> = {
    'bad-answer': 1,
    network: 4,
    refused: 1,
    timeout: 4,
    auth: 0,
    quota: 0,
    'not-found': 0,
    'not-recorded': 0,
    'bad-request': 0,
    'context-length': 0,
    'rate-limit': 0,
    unavailable: 4,
  };
  for (const [kind, count] of Object.entries(broken)) {
    const result = await callerOf(fails(kind as ModelErrorKind))();
    assert.deepEqual([result.broken, result.cost], [count, 0], kind);
  }
  // It was refused before it was answered.
  const refused = callerOf(() => failure({ kind: 'unavailable', status: 503 }));
  assert.equal((await refused()).broken, 0);
  const silent = callerOf(() => ({ kind: 'text', text: 'and then nothing' }));
  const { error, broken: lost } = await silent();
  assert.deepEqual([error?.kind, lost], ['bad-answer', 1]);
});

test('calls that broke off before a good one are not forgotten', async () => {
  let calls = 0;
  const call = callerOf(() => (++calls < 4 ? failure({ kind: 'network' }) : end('fine')));
  const { answer, attempts, broken, cost } = await call();
  assert.deepEqual([answer?.text, attempts, broken], ['fine', 4, 3]);
  assert.ok((cost ?? 0) > 0);
});

test('only what may pass is tried again', async () => {
  const attempts: Record<ModelErrorKind, number> = {
    network: 4,
    // Pauses of half a second, doubled up to half a minute, for two minutes in all.
    'rate-limit': 9,
    timeout: 4,
    unavailable: 4,
    auth: 1,
    quota: 1,
    'not-found': 1,
    'not-recorded': 1,
    'bad-answer': 1,
    'bad-request': 1,
    'context-length': 1,
    refused: 1,
  };
  for (const [kind, count] of Object.entries(attempts))
    assert.equal((await callerOf(fails(kind as ModelErrorKind))()).attempts, count, kind);
});

test('an origin is down after twice as many lost requests as there are places', async () => {
  for (const [places, expected] of [
    [1, [4, 4, 1, 1]],
    [2, [4, 4, 4, 4, 1, 1]],
  ] as const) {
    const call = callerOf(fails('network'), { places });
    const attempts: number[] = [];
    for (const _ of expected) attempts.push((await call()).attempts);
    assert.deepEqual(attempts, expected, `${places} places`);
  }
});

test('an origin that answers is up again: the next request is tried four times', async () => {
  let reply: () => ModelPart = fails('network');
  const call = callerOf(() => reply());
  const attempts: number[] = [];
  for (const next of ['network', 'network', 'network', null, 'network'] as const) {
    reply = next === null ? ok : fails(next);
    attempts.push((await call()).attempts);
  }
  assert.deepEqual(attempts, [4, 4, 1, 1, 4]);
});

test('requests that were wrong do not mean that an origin is down', async () => {
  let reply: () => ModelPart = fails('bad-request');
  const call = callerOf(() => reply());
  for (let i = 0; i < 5; i++) await call();
  reply = fails('network');
  assert.equal((await call()).attempts, 4);
});

test('a key that has worked is used again after a refusal, one that never did is not', async () => {
  let calls = 0;
  let reply: () => ModelPart = ok;
  const call = callerOf(() => {
    calls++;
    return reply();
  });
  await call();
  reply = fails('auth');
  for (let n = 0; n < 2; n++) assert.equal((await call()).error?.kind, 'auth');
  reply = ok;
  assert.ok((await call()).answer);
  assert.equal(calls, 4);

  reply = fails('auth');
  const other = { origin: 'http://127.0.0.2' };
  assert.equal((await call(other)).attempts, 1);
  assert.equal((await call(other)).attempts, 1);
  reply = ok;
  const again = await call(other);
  assert.deepEqual([again.error?.kind, again.attempts, again.cost], ['auth', 0, 0]);
  assert.equal(calls, 6);
  assert.ok((await call({ ...other, model: 'another' })).answer, 'a refusal is of one model');
});

test('two different permanent failures do not end the calls to a model', async () => {
  let n = 0;
  const call = callerOf(() => failure({ kind: 'auth', message: `request ${n++}` }));
  for (let i = 0; i < 5; i++) assert.equal((await call()).attempts, 1);
});

test('where tokens cannot be counted a call reserves one for each character', async () => {
  // Three for the request, four for the message, one for the answer.
  const tokens = 1000 + 3 + 4 + 1;
  const ports = { countTokens: () => null };
  const request = {
    messages: [{ role: 'user' as const, content: 'x'.repeat(1000) }],
    parameters: { maxTokens: 1 },
  };
  await assert.rejects(callerOf(ok, { limit: (tokens - 1) / 1e6, ports })(request), isOverBudget);
  assert.ok((await callerOf(ok, { limit: tokens / 1e6, ports })(request)).answer);
});

test('a call without an output limit reserves four times the mean output so far', async () => {
  let calls = 0;
  const reply = () => {
    calls++;
    return end('fine', { usage: { input: 9, output: 100 } });
  };
  // The first reserves 8 + 1,000 tokens, each further one 8 + 400; 109 are spent each time.
  const call = callerOf(reply, { limit: 1008 / 1e6 });
  await assert.rejects(async () => {
    for (;;) await call();
  }, isOverBudget);
  assert.equal(calls, 6);
});

test('while a provider asks for a pause no other call to it begins', async () => {
  let time = 0;
  // Others run before a sleep is over.
  const clock = {
    now: () => time,
    sleep: async (ms: number) => {
      const until = time + ms;
      for (let i = 0; i < 3; i++) await turn();
      time = Math.max(time, until);
    },
  };
  const begun: number[] = [];
  const reply = () => {
    begun.push(time);
    return begun.length === 1 ? failure({ kind: 'rate-limit', retryAfterMs: 5000 }) : ok();
  };
  const call = callerOf(reply, { places: 2, ports: { clock } });
  const first = call();
  await turn();
  await Promise.all([first, call()]);
  assert.equal(begun.length, 3);
  assert.ok(
    begun.slice(1).every((at) => at >= 5000),
    String(begun),
  );
});

test('a call that waits for the place of a rate-limited one does not begin during the pause', async () => {
  const sleepers: { until: number; wake: () => void }[] = [];
  let time = 0;
  const clock = {
    now: () => time,
    sleep: (ms: number) => new Promise<void>((wake) => sleepers.push({ until: time + ms, wake })),
  };
  const begun: number[] = [];
  const reply = () => {
    begun.push(time);
    return begun.length === 1 ? failure({ kind: 'rate-limit', retryAfterMs: 5000 }) : ok();
  };
  const call = callerOf(reply, { places: 1, ports: { clock } });
  const all = Promise.all([call(), call(), call()]);
  let isDone = false;
  void all.then(() => {
    isDone = true;
  });
  for (let round = 0; !isDone && round < 100; round++) {
    for (let i = 0; i < 20; i++) await turn();
    const next = sleepers.sort((a, b) => a.until - b.until).shift();
    if (!next) continue;
    time = Math.max(time, next.until);
    next.wake();
  }
  assert.ok(isDone);
  assert.equal(begun.length, 4);
  assert.ok(
    begun.slice(1).every((at) => at >= 5000),
    String(begun),
  );
});
