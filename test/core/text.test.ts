import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolated } from '#core/text.ts';

test('a name from right to left does not turn the figures beside it around', () => {
  assert.equal(isolated('billing'), 'billing');
  assert.equal(isolated('Größe 7'), 'Größe 7');
  assert.equal(isolated('سفارش'), '\u2068سفارش\u2069');
  assert.equal(isolated('חיוב 2'), '\u2068חיוב 2\u2069');
});
