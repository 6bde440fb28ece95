import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryBackoff } from '#client/registry/retry-backoff.ts';

test('each retry waits twice as long, up to five minutes; a success starts over', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let tries = 0;
  const backoff = new RetryBackoff(() => tries++);
  const waits = (ms: number) => {
    const before = tries;
    backoff.schedule();
    t.mock.timers.tick(ms - 1);
    assert.equal(tries, before, `not before ${ms} ms`);
    t.mock.timers.tick(1);
    assert.equal(tries, before + 1, `after ${ms} ms`);
  };
  for (const ms of [5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]) waits(ms);
  backoff.reset();
  waits(5000);
});

test('a retry that is scheduled again, reset or disposed does not happen', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let tries = 0;
  const backoff = new RetryBackoff(() => tries++);
  backoff.schedule();
  backoff.schedule();
  t.mock.timers.tick(10_000);
  assert.equal(tries, 1);
  backoff.schedule();
  backoff.reset();
  backoff.schedule();
  backoff.dispose();
  t.mock.timers.tick(1_000_000);
  assert.equal(tries, 1);
});
