import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeFigure } from '#core/tokens/figure.ts';
import { seededRandom } from '../../support/random.ts';

test('lowest, median and highest; the lower middle of an even count', () => {
  assert.deepEqual(computeFigure([3, 1, 2]), { min: 1, median: 2, max: 3 });
  assert.deepEqual(computeFigure([4, 1, 2, 3]), { min: 1, median: 2, max: 4 });
  assert.deepEqual(computeFigure([]), { min: 0, median: 0, max: 0 });
});

test('a number that stands for many counts as many', () => {
  const next = seededRandom(3);
  for (let i = 0; i < 500; i++) {
    const values = Array.from({ length: next(6) }, () => next(5));
    const more = next(6);
    const times = next(4);
    const spelled = [...values, ...Array.from({ length: times }, () => more)];
    assert.deepEqual(computeFigure(values, more, times), computeFigure(spelled));
  }
});
