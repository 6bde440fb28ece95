import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Limiter } from '#core/eval/run/limiter.ts';

test('calls a minute are spread evenly, and a pause moves them all', async () => {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const limiter = new Limiter(2, clock, { calls: 30 });
  const { signal } = new AbortController();
  const begun: number[] = [];
  for (let i = 0; i < 4; i++) {
    await limiter.acquire(signal);
    begun.push(now);
    limiter.release();
    if (i === 2) limiter.pauseFor(10_000 - now);
  }
  assert.deepEqual(begun, [0, 2000, 4000, 10_000]);
});

test('a call that is canceled in a pause gives its place back', { timeout: 5000 }, async () => {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (_: number, signal: AbortSignal) => signal.throwIfAborted(),
  };
  const limiter = new Limiter(1, clock);
  limiter.pauseFor(1000);
  await assert.rejects(limiter.acquire(AbortSignal.abort()));
  now = 1000;
  await limiter.acquire(new AbortController().signal);
});
