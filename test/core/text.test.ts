import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isolateDirection } from '#core/text.ts';

test('a name from right to left does not turn the figures beside it around', () => {
  assert.equal(isolateDirection('billing'), 'billing');
  assert.equal(isolateDirection('Größe 7'), 'Größe 7');
  assert.equal(isolateDirection('سفارش'), '\u2068سفارش\u2069');
  assert.equal(isolateDirection('חיוב 2'), '\u2068חיוב 2\u2069');
});
