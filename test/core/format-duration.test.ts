import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '#core/format-duration.ts';

test('a duration has one rounding', () => {
  for (const [ms, text] of [
    [0, '0 ms'],
    [312.4, '312 ms'],
    [949.4, '949 ms'],
    [950, '0.9 s'],
    [1_340, '1.3 s'],
    [99_900, '99.9 s'],
    [99_960, '1 min 40 s'],
    [125_000, '2 min 5 s'],
    [3_599_600, '60 min 0 s'],
  ] as const)
    assert.equal(formatDuration(ms), text);
});
