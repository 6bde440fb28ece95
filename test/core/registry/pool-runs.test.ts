import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolRuns } from '#core/registry/pool-runs.ts';
import {
  buildRun,
  createGoldenSet,
  JUDGED,
  type LossyJob,
  type LossyRun,
} from '#test/support/lossy-runs.ts';

const MODEL = 'openai/gpt-4o-mini';
const SET = createGoldenSet(
  Array.from({ length: 10 }, () => ({})),
  null,
);

const runOf = (id: string, given: Partial<LossyJob>, lost?: LossyJob['lost']): LossyRun => ({
  ...{ id, models: [MODEL], repeat: 1, judgeWeight: 0 },
  jobs: SET.plan.cases.map(({ id: name }, i) => ({
    ...{ case: name, model: MODEL, repeat: 0, passed: true, score: 1 },
    ...{ latencyMs: 1_000, cost: 0.001 },
    ...given,
    ...(i === 0 && lost !== undefined ? { lost } : {}),
  })),
});

const pool = (...runs: LossyRun[]) =>
  poolRuns(
    runs.map((run) => buildRun(run, SET)),
    MODEL,
  ).figures;

test('what one run lacks does not hide the figures of another that lacks nothing', () => {
  const slow = runOf('slow', { score: 0.1, latencyMs: 9_000 });
  const { extremes, metrics, latency } = pool(slow, runOf('fast', { score: 0.9 }, 'score'));
  assert.equal(latency?.p95, 9_000);
  assert.deepEqual(extremes?.p95, [9_000, 9_000]);
  const mean = metrics[JUDGED] ?? 0;
  const [least, most] = extremes?.metrics[JUDGED] ?? [1, 0];
  assert.ok(mean > 0.45 && mean < 0.55, String(mean));
  assert.ok(least <= 0.1 + 1e-9 && most >= 0.9 - 1e-9, `${least} to ${most}`);
  assert.equal(extremes?.unanswered, 0);
});

test('an answer that is missing in one of the runs has no limit', () => {
  const { extremes } = pool(runOf('whole', {}), runOf('lossy', {}, 'answer'));
  assert.deepEqual(extremes?.p95, [1_000, null]);
  assert.equal(extremes?.unanswered, 1);
  assert.deepEqual(extremes?.passRate, [0.95, 1]);
});
