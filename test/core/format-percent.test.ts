import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPercent, formatPercentNumber } from '#core/format-percent.ts';

test('a percentage has at most one decimal, and only 0 and 1 are written as 0 and 100', () => {
  const table: [share: number, text: string][] = [
    [0, '0 %'],
    [1e-9, '< 0.1 %'],
    [0.0005, '0.1 %'],
    [0.0064, '0.6 %'],
    [0.4, '40 %'],
    [2 / 3, '66.7 %'],
    [0.285, '28.5 %'],
    [0.99949, '99.9 %'],
    [0.9999, '> 99.9 %'],
    [1, '100 %'],
    [1.234, '123.4 %'],
  ];
  for (const [share, text] of table) assert.equal(formatPercent(share), text);
  assert.equal(formatPercentNumber(0.123), '12.3');
});
