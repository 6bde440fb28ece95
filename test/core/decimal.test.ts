import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  computeDifference,
  type Decimal,
  formatDecimal,
  isAtMost,
  multiplyDecimals,
  parseDecimal,
} from '#core/decimal.ts';

function read(text: string): Decimal {
  const value = parseDecimal(text);
  assert.ok(value, text);
  return value;
}

test('equal numbers have equal fields, and are written plainly', () => {
  for (const [text, shown] of [
    ['007.50', '7.5'],
    ['-0', '0'],
    ['.5e1', '5'],
    ['1e21', '1e21'],
    ['123000', '123000'],
    ['-0.00012', '-0.00012'],
    ['5e-9', '5e-9'],
  ] as const) {
    assert.equal(formatDecimal(read(text)), shown);
    assert.deepEqual(read(shown), read(text));
  }
  for (const text of ['', '.', '-', '1.2.3', '0x1', 'e5', '1,2'])
    assert.equal(parseDecimal(text), null);
});

test('differences, products and comparisons are exact', () => {
  const difference = (a: string, b: string) => computeDifference(read(a), read(b));
  assert.deepEqual(difference('0.4', '0.3'), read('0.1'));
  assert.deepEqual(difference('9007199254740993', '-1e-5'), read('9007199254740993.00001'));
  assert.deepEqual(difference('5', '5.0'), read('0'));
  assert.deepEqual(multiplyDecimals(read('0.01'), read('200')), read('2'));
  assert.equal(difference('1e999999999', '1'), null);
  const ascending = ['0', '1e-9', '0.1', '0.10000000000000000001', '2', '10', '10.5', '9e99'];
  for (const [i, a] of ascending.entries())
    for (const [j, b] of ascending.entries()) assert.equal(isAtMost(read(a), read(b)), i <= j);
});
