import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRng } from '#core/eval/statistics/rng.ts';
import { scoreChange } from '#core/eval/statistics/score-change.ts';
import { signFlipTest } from '#core/eval/statistics/sign-flip-test.ts';

test('scores of an unchanged prompt raise no more than 5 % false alarms', () => {
  const random = createRng(3);
  const score = (ease: number): number =>
    Math.min(1, Math.max(0, ease + (random.uniform() - 0.5) * 0.6));
  let [alarms, held] = [0, 0];
  const runs = 2_000;
  for (let i = 0; i < runs; i++) {
    const pairs = Array.from({ length: 30 }, () => {
      const ease = random.uniform();
      return { base: score(ease), candidate: score(ease) };
    });
    const differences = pairs.map(({ base, candidate }) => candidate - base);
    if (signFlipTest(differences, i, 500) < 0.05) alarms++;
    if (i >= 200) continue;
    const { interval } = scoreChange(pairs, i);
    if (interval && interval.low <= 0 && interval.high >= 0) held++;
  }
  // The standard error of 2,000 runs at .05 is half a point.
  assert.ok(alarms / runs <= 0.06, `false alarms ${alarms / runs}`);
  assert.ok(held / 200 >= 0.9, `held ${held / 200}`);
});
