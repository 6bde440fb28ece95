import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EvaluatorResult } from '#core/eval/run-event.ts';
import { type Judging, judge } from './evals.ts';

type Expected = 'pass' | 'fail' | 'error' | 'unmeasurable';

/** `uses` and `with` (YAML), the answer, the verdict; then what the detail says, the score, and more. */
type CheckRow = [
  uses: string,
  answer: string,
  expected: Expected,
  detail?: RegExp | null,
  more?: Partial<Judging> & { score?: number; beside?: string },
];

/** One test with a subtest for each row: how the check of kind `promptsmith/<uses>` judges the answer. */
export function testChecks(name: string, rows: readonly CheckRow[]): void {
  test(name, async (t) => {
    for (const [row, answer, expected, detail, more = {}] of rows) {
      await t.test(`${row} ← ${JSON.stringify(answer.slice(0, 40))}: ${expected}`, async () => {
        const [uses, parameters] = row.split(/ with: (.*)/s);
        const lines = [`- uses: promptsmith/${uses}`];
        if (parameters !== undefined) lines.push(`  with: ${parameters}`);
        if (more.beside) lines.push(`  ${more.beside}`);
        const [result] = await judge({ evaluators: lines.join('\n'), answer, ...more });
        assert.ok(result);
        assert.equal(verdictOf(result), expected, result.detail);
        if (detail) assert.match(result.detail, detail);
        if (more.score !== undefined) assert.ok(Math.abs((result.score ?? -1) - more.score) < 1e-9);
        assert.equal(result.kind, uses);
      });
    }
  });
}

function verdictOf({ passed, error, score }: EvaluatorResult): Expected {
  if (error !== undefined) {
    assert.equal(passed, null);
    return 'error';
  }
  if (passed === null) {
    assert.equal(score, null);
    return 'unmeasurable';
  }
  return passed ? 'pass' : 'fail';
}
