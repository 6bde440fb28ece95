import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damerauDistance, levenshteinDistance } from '#core/edit-distance.ts';
import { findClosest } from '#core/find-closest.ts';

test('a swap of neighbors is one edit of Damerau–Levenshtein and two of Levenshtein', () => {
  const table: [a: string, b: string, damerau: number, levenshtein: number][] = [
    ['', '', 0, 0],
    ['', 'abc', 3, 3],
    ['abc', 'abc', 0, 0],
    ['kitten', 'sitting', 3, 3],
    ['temperature', 'temprature', 1, 1],
    ['abcd', 'abdc', 1, 2],
    ['ca', 'abc', 3, 3],
    ['model', 'mdoel', 1, 2],
  ];
  for (const [a, b, damerau, levenshtein] of table) {
    assert.equal(damerauDistance(a, b), damerau, `${a} ${b}`);
    assert.equal(damerauDistance(b, a), damerau, `${b} ${a}`);
    assert.equal(levenshteinDistance(a, b, 10), levenshtein, `${a} ${b}`);
  }
});

test('Levenshtein counts code points, and gives up above its limit', () => {
  assert.equal(levenshteinDistance('a😀', 'a😁', 5), 1);
  assert.equal(levenshteinDistance('kitten', 'sitting', 2), null);
  const long = 'x'.repeat(50_000);
  assert.equal(levenshteinDistance(`a${long}b`, `b${long}a`, 100), 2);
});

test('the closest word is at most a third of its length away', () => {
  const names = ['temperature', 'topP', 'maxTokens'];
  assert.equal(findClosest('Temprature', names), 'temperature');
  assert.equal(findClosest('maxTokesn', names), 'maxTokens');
  assert.equal(findClosest('zzz', names), undefined);
});
