import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLongestSharedRun } from '#core/eval/checks/words.ts';
import { seededRandom } from '#test/support/random.ts';

function slowly(a: readonly string[], b: readonly string[]): number {
  let best = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      let n = 0;
      while (i + n < a.length && j + n < b.length && a[i + n] === b[j + n]) n++;
      best = Math.max(best, n);
    }
  }
  return best;
}

test('the same length as comparing every pair of places', () => {
  const next = seededRandom(7);
  const list = (): string[] => Array.from({ length: next(40) }, () => 'abc'.charAt(next(3)));
  for (let i = 0; i < 300; i++) {
    const [a, b] = [list(), list()];
    const { start, length } = findLongestSharedRun(a, b);
    assert.equal(length, slowly(a, b), `${a.join('')} ${b.join('')}`);
    assert.ok(b.join('').includes(a.slice(start, start + length).join('')));
  }
});

test('two long texts of one word take no quadratic time', () => {
  const long = Array.from({ length: 60_000 }, () => 'a');
  assert.equal(findLongestSharedRun(long, [...long, 'b', ...long]).length, 60_000);
});
