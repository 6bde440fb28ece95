import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatTime } from '#core/format-time.ts';

test('a time is written in UTC; what is no time is written as it is', () => {
  assert.equal(formatTime('2026-11-28T03:52:33.120Z'), '28 Nov 2026, 03:52 UTC');
  assert.equal(formatTime('yesterday'), 'yesterday');
  assert.equal(formatTime('2026-13-28T03:52:33Z'), '2026-13-28T03:52:33Z');
});
