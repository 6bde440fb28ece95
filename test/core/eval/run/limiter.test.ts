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
  const limiter = new Limiter(2, clock, 30);
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
