import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRuns } from '#core/eval/compare/compare.ts';
import { createRng } from '#core/eval/statistics/rng.ts';
import { askAll } from '#test/support/lossy-questions.ts';
import {
  buildRun,
  createGoldenSet,
  deleteJobs,
  type LossyJob,
  type LossyRun,
} from '#test/support/lossy-runs.ts';

const MODEL = 'openai/gpt-4o-mini';
const SET = createGoldenSet(
  Array.from({ length: 100 }, () => ({})),
  { passRate: 0.5 },
);

/** A run of the set in which each job passes with a chance. */
function drawRun(id: string, chance: number, repeat: number, seed: number): LossyRun {
  const random = createRng(seed);
  const jobs = SET.plan.cases.flatMap(({ id: name }) =>
    Array.from({ length: repeat }, (_, k): LossyJob => {
      const passed = random.uniform() < chance;
      return {
        ...{ case: name, model: MODEL, repeat: k },
        ...{ passed, score: 1, latencyMs: 500, cost: 0.001 },
      };
    }),
  );
  return { id, models: [MODEL], repeat, judgeWeight: 0, jobs };
}

test('two of a hundred answers missing do not hide a prompt that is worse by thirty points', () => {
  for (let seed = 1; seed <= 10; seed++)
    for (const repeat of [1, 3]) {
      const random = createRng(seed);
      const base = deleteJobs(drawRun('base', 0.95, repeat, seed), 0.02, 1, random);
      const worse = deleteJobs(drawRun('worse', 0.65, repeat, seed + 100), 0.02, 1, random);
      const [before, now] = [buildRun(base, SET), buildRun(worse, SET)];
      const found = compareRuns(before, now);
      assert.ok(!('error' in found));
      const [comparison] = found;
      assert.equal(comparison?.verdict, 'regression', `seed ${seed}, ${repeat} repeats`);
      assert.equal(comparison?.regression, true);
      assert.ok((comparison?.missing.base ?? 0) + (comparison?.missing.candidate ?? 0) > 0);
    }
});

test('a complete run leaves nothing undecided', () => {
  for (const [seed, chance] of [0.95, 0.9, 0.6].entries())
    for (const repeat of [1, 3]) {
      const answers = askAll({
        set: SET,
        base: buildRun(drawRun('base', 0.95, repeat, seed), SET),
        candidates: [0, 1].map((i) =>
          buildRun(drawRun(`c${i}`, chance, repeat, seed + 10 + i), SET),
        ),
        again: null,
        margin: 0.05,
        maxCostFactor: null,
      });
      for (const [question, answer] of answers)
        if (!question.includes('gate')) assert.notEqual(answer, null, question);
    }
});
