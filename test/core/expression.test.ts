import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateExpression, parseExpression } from '#core/expression.ts';

const FIGURES: Readonly<Record<string, number>> = {
  p: 0.5,
  r: 0.25,
  'good tone': 2,
  größe: 3,
  'a.b': 4,
};

function value(text: string): number | null {
  const parsed = parseExpression(text);
  assert.ok(!('error' in parsed), text);
  return evaluateExpression(parsed, (name) => FIGURES[name]);
}

test('arithmetic with the usual precedence, names and functions', () => {
  for (const [text, expected] of [
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 / 2 / 2', 2],
    ['5 - 3 - 1', 1],
    ['-p + 1', 0.5],
    ['2*-.5', -1],
    ['2 * p * r / (p + r)', 1 / 3],
    ['"good tone" * größe + a.b', 10],
    ['min(p, r, 1) + max(p, r)', 0.75],
    [' sqrt(16) - abs(-1) ', 3],
    ['min', null],
    ['p / (r - r)', null],
    ['0 / 0', null],
    ['missing + 1', null],
  ] as const)
    assert.equal(value(text), expected, text);
});

test('what cannot be read says why', () => {
  for (const [text, message] of [
    ['', /ends where a number or a metric is expected/],
    ['1 +', /ends where a number or a metric is expected/],
    ['1 2', /has "2" where an operator/],
    ['(1', /is missing a "\)"/],
    ['p)', /has "\)"/],
    ['process.exit(1)', /calls process\.exit: the functions are min, max, sqrt, abs/],
    ['constructor(1)', /calls constructor/],
    ['p ** 2', /ends where a number or a metric is expected/],
    ['p; r', /has a syntax error at "; r"/],
    ['"open', /has a syntax error at/],
    ['('.repeat(1_001), /longer than 1000 characters/],
  ] as const) {
    const parsed = parseExpression(text);
    assert.ok('error' in parsed, text);
    assert.match(parsed.error, message);
  }
  assert.ok('error' in parseExpression('('.repeat(1_000)));
});
