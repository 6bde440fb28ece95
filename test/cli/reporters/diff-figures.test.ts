import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeasuredSide, PromptDiff } from '#app/prompt/prompt-diff.ts';
import { listDiffFigures } from '#cli/reporters/diff-figures.ts';

const DIFF: PromptDiff = {
  from: 'say@1.0.0',
  to: 'say.prompt.yaml',
  bump: 'minor',
  changes: [],
  tokens: { from: 1200, to: 1238 },
  cost: { from: 0.001, to: 0.0006 },
  eval: null,
};

const SIDE: MeasuredSide = {
  passRate: { share: 0.9, interval: [0.74, 0.965], cases: 30 },
  costPerCall: 0.0012,
  latencyMs: { p50: 800, p95: 2100 },
  tokens: { input: 1200, output: 40 },
};

const lines = (diff: PromptDiff) =>
  listDiffFigures(diff).map(({ name, from, to, change }) => [name, from, to, change].join(' | '));

test('tokens and cost have both values and the change', () => {
  assert.deepEqual(lines(DIFF), [
    'tokens per call | 1,200 | 1,238 | +38',
    'cost per call | $0.001 | $0.0006 | −$0.0004',
  ]);
  assert.deepEqual(
    lines({ ...DIFF, tokens: { from: 5.1, to: 5.3 }, cost: { from: 0.0018, to: 0.001801 } }),
    ['tokens per call | 5 | 5 | ±0', 'cost per call | $0.0018 | $0.0018 | +$0.000001'],
  );
  assert.deepEqual(lines({ ...DIFF, tokens: { from: 5, to: 5 }, cost: null }), [
    'tokens per call | 5 | 5 | ±0',
    'cost per call | unknown | unknown | ',
  ]);
});

test('what evals of both sides measured comes after it, where both sides know it', () => {
  const to: MeasuredSide = {
    ...SIDE,
    passRate: { share: 0.8, interval: [0.627, 0.905], cases: 30 },
    latencyMs: { p50: 700, p95: 2100 },
    tokens: null,
  };
  assert.deepEqual(lines({ ...DIFF, measured: { from: SIDE, to } }).slice(2), [
    'pass rate (95 % CI) | 90 % (74 to 96.5 %, n = 30) | 80 % (62.7 to 90.5 %, n = 30) | −10 points',
    'measured cost per call | $0.0012 | $0.0012 | ±0',
    'latency p50 | 800 ms | 700 ms | −100 ms',
    'latency p95 | 2,100 ms | 2,100 ms | ±0',
  ]);
});
