import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ListedRun } from '#app/eval/describe-runs.ts';
import { sumRuns } from '#app/eval/sum-runs.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { headerOf, planOf } from '#test/support/evals.ts';
import { PROMPT } from '#test/support/runs.ts';

const HEADER = headerOf(planOf(PROMPT));

function runOf(
  id: string,
  cost: number | null,
  { run = {}, ...more }: { run?: Partial<Summary['run']>; unknownCalls?: number } = {},
): ListedRun {
  const at = '2026-11-20T09:30:00.000Z';
  const totals = { cost, unknownCalls: more.unknownCalls ?? 0 };
  return {
    id,
    promptId: 'a',
    at,
    isMerged: run.mergedFrom !== undefined || run.at !== undefined,
    isRunning: false,
    fitness: null,
    summary: { run: { ...HEADER, id, at, ...run }, totals } as Summary,
  };
}

test('runs add up, and an unknown cost is counted as such', () => {
  const runs = [
    runOf('a', 1),
    runOf('b', null),
    runOf('c', 0.5, { unknownCalls: 2 }),
    runOf('d', 7, { run: { replay: true } }),
    { ...runOf('e', 100), summary: null },
    { ...runOf('f', 100), at: '2026-10-31T23:59:59.000Z' },
    { ...runOf('g', 100), at: null },
  ];
  assert.deepEqual(sumRuns(runs, '2026-11-01T00:00:00.000Z'), { runs: 4, cost: 1.5, unknown: 2 });
});

test('a merged run includes its shards', () => {
  const shards = [1, 2].map((n) => runOf(`${n}`, n, { run: { shard: `${n}/2` } }));
  const other = runOf('3', 10, { run: { shard: '1/2' } });
  const merged = runOf('9', 3, { run: { mergedFrom: ['1', '2'] } });
  assert.deepEqual(sumRuns([merged, ...shards, other], ''), { runs: 2, cost: 13, unknown: 0 });
  assert.deepEqual(sumRuns([...shards, other], ''), { runs: 3, cost: 13, unknown: 0 });
  const old = runOf('9', 3, { run: { at: '2026-11-20T09:30:00.000Z' } });
  const later = runOf('A', 10, { run: { shard: '1/2' } });
  assert.deepEqual(sumRuns([old, ...shards, later], ''), { runs: 2, cost: 13, unknown: 0 });
});
