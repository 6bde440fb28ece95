import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combinePValues, SequentialTest } from '#core/eval/statistics/sequential-test.ts';
import { calibrate, calibrateStopping } from '#test/support/simulated-pairs.ts';

const RUNS = 2_000;

for (const [n, repeats] of [
  [50, 1],
  [50, 3],
  [100, 1],
  [100, 3],
] as const) {
  test(`${n} cases × ${repeats}, stopped when decided: no more false alarms, nearly the power`, () => {
    const unchanged = calibrateStopping(n, repeats, 0, RUNS);
    assert.ok(unchanged.alarms <= 0.05, `false alarms ${unchanged.alarms}`);
    assert.ok(unchanged.looked > 0.99);
    const worse = calibrateStopping(n, repeats, 0.05, RUNS);
    const whole = calibrate(n, repeats, 0.05, RUNS);
    assert.ok(worse.regressions > whole.regressions - 0.05, `power ${worse.regressions}`);
    const broken = calibrateStopping(n, repeats, 0.4, 300);
    assert.ok(broken.regressions > 0.95, `power ${broken.regressions}`);
    assert.ok(broken.looked < (n === 50 ? 0.8 : 0.5), `looked at ${broken.looked}`);
  });
}

test('looking again and again at the plain p would raise the false alarms', () => {
  // The reason for the martingale: stopping at the first p < .05 of the usual z.
  const peeked = new SequentialTest();
  for (let i = 0; i < 6; i++) peeked.add(-1);
  assert.ok(peeked.p > 0.05, 'six changes are p = .03 to McNemar');
  assert.ok(!peeked.isDecided);
  for (let i = 0; i < 8; i++) peeked.add(-1);
  assert.ok(peeked.isDecided);
  for (let i = 0; i < 20; i++) peeked.add(1);
  assert.ok(peeked.isDecided, 'what was decided stays so');
});

test('one p for both looks', () => {
  assert.ok(Math.abs(combinePValues(1, 0.04) - 0.05) < 1e-12);
  assert.ok(Math.abs(combinePValues(0.01, null) - 0.05) < 1e-12);
  assert.equal(combinePValues(1, null), 1);
  assert.ok(Math.abs(combinePValues(0.005, 0.5) - 0.025) < 1e-12);
});
