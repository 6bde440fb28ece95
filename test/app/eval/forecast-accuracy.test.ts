import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { copyExamples, EXAMPLES, readExample, sampleWorldIn } from '#test/support/examples.ts';

/** Evaluates an example without traffic settings: its expected and its actual cost, USD. */
async function evaluateOnce(
  cwd: string,
  path: string,
): Promise<{ expected: number; paid: number }> {
  const read = await readExample(cwd, path);
  const input = { ...read, settings: { ...read.settings, traffic: [] } };
  const world = await sampleWorldIn(cwd, join(cwd, path));
  const request = { input, options: {}, baseline: { kind: 'none' } } as const;
  let expected: number | null = null;
  for await (const event of evaluatePrompt(request, world, new AbortController().signal)) {
    if (event.kind === 'planned') expected = event.estimate.cost;
    if (event.kind !== 'finished') continue;
    const { cost } = event.outcome.summary.totals;
    assert.ok(expected !== null && cost !== null, path);
    return { expected, paid: cost };
  }
  return assert.fail(`${path} did not finish`);
}

test('after one earlier run the median error of the cost estimate is at most 25 %', async (t) => {
  const cwd = await copyExamples(t);
  const errors: [path: string, error: number][] = [];
  for (const path of EXAMPLES) {
    await evaluateOnce(cwd, path);
    const { expected, paid } = await evaluateOnce(cwd, path);
    // The flawed example cannot be sent: it costs nothing, and that is expected.
    if (paid === 0) assert.equal(expected, 0);
    else errors.push([path, Math.abs(expected / paid - 1)]);
  }
  assert.equal(errors.length, EXAMPLES.length - 1);
  const sorted = errors.map(([, error]) => error).sort((a, b) => a - b);
  assert.ok((sorted[sorted.length >> 1] ?? 1) <= 0.25, JSON.stringify(errors));
  assert.ok((sorted.at(-1) ?? 1) <= 0.1, JSON.stringify(errors));
});
