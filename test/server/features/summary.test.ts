import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Knowledge } from '#server/analysis.ts';
import { summarizePrompt } from '#server/features/summary.ts';
import { analyze, loadKnowledge } from '#test/support/analysis.ts';
import { WEATHER } from '#test/support/sample-prompts.ts';

let knowledge: Knowledge;
before(async () => {
  knowledge = await loadKnowledge();
});

test('summary: report and findings', () => {
  const { analysis } = analyze(WEATHER.replace('openai/gpt-4o-mini', 'gpt-4o-minny'), {
    knowledge,
  });
  const { path, promptId, rows, warning, report, isCounting } = summarizePrompt(analysis);
  assert.deepEqual([path, promptId, rows, isCounting], ['a.prompt.yaml', 'a', 3, false]);
  assert.ok(warning >= 1);
  assert.equal(report?.tokens.messages.length, 2);
  assert.equal(report?.cost, null);
});

test('summary: reports whether token counts are still loading', () => {
  const waits = (text: string) => {
    const { report, isCounting } = summarizePrompt(analyze(text).analysis);
    return [report, isCounting];
  };
  assert.deepEqual(waits(WEATHER), [null, true]);
  assert.deepEqual(waits('name: ci\non: push\njobs: {}\n'), [null, false]);
});
