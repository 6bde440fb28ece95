import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDetectableChange } from '#core/eval/compare/describe-detectable-change.ts';
import { createPlan } from '#core/eval/plan/plan.ts';
import { parsePrompt } from '#core/prompt/parse.ts';

function text(rows: readonly string[], repeat = 1): string {
  const file = `messages: [{ role: user, content: "{{q}}" }]\ntestData:\n${rows.join('')}`;
  return describeDetectableChange(createPlan(parsePrompt(file), { models: [], repeat }), 0.05);
}
const rows = (count: number, more = '') =>
  Array.from({ length: count }, (_, i) => `  - { q: w${i}${more} }\n`);

test('the minimum detectable change is reported before a run', () => {
  assert.match(
    text(rows(50)),
    /^minimum detectable change: \d+ points; detecting 5 points takes about \d+ cases$/,
  );
  assert.match(
    text(rows(2)),
    /^too few cases to detect any change between versions; detecting 5 points takes about \d+ cases$/,
  );
  const points = (said: string) => Number(/change: (\d+) points/.exec(said)?.[1]);
  assert.ok(points(text(rows(200))) < points(text(rows(50))), 'more cases show more');
  assert.ok(points(text(rows(50), 3)) < points(text(rows(50))), 'so do repeats');
});

test('cases of one group count as one, and those that are skipped not at all', () => {
  assert.match(text(rows(50, ', $case: { group: g }')), /^too few cases/);
  assert.match(text(rows(50, ', $case: { skip: true }')), /^too few cases/);
});
