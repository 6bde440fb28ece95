import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RestartDelay } from '#client/restart-delay.ts';

test('the first restart is at once, the next ones wait longer, up to half a minute', () => {
  const delay = new RestartDelay();
  let now = 0;
  const waits = Array.from({ length: 8 }, () => {
    const wait = delay.next(now);
    now += wait + 500;
    return wait;
  });
  assert.deepEqual(waits, [0, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  assert.equal(delay.crashes, 8);
});

test('a minute of health forgives', () => {
  const delay = new RestartDelay();
  delay.next(0);
  assert.equal(delay.next(1000), 1000);
  assert.equal(delay.next(70_000), 0);
  assert.equal(delay.crashes, 1);
});

test('who restarts by hand starts anew', () => {
  const delay = new RestartDelay();
  delay.next(0);
  delay.next(1);
  delay.reset();
  assert.equal(delay.crashes, 0);
  assert.equal(delay.next(2), 0);
});
