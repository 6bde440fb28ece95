import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePrompt } from '#core/prompt/parse.ts';
import { comparePrompts } from '#core/registry/compare-prompts.ts';
import { cpuMs } from '#test/support/cpu-ms.ts';

const prompt = (text: string) => {
  const document = parsePrompt(text);
  assert.equal(document.problems.length, 0, JSON.stringify(document.problems));
  return { document, rows: document.rows };
};

test('large and hostile texts are compared in bounded time', () => {
  const words = (n: number, word: string) => Array.from({ length: n }, (_, i) => `${word}${i}`);
  const of = (text: string) =>
    prompt(`messages: [{ role: system, content: ${JSON.stringify(text)} }]`);
  const started = cpuMs();
  const [left, right] = [words(40_000, 'a').join('. '), words(40_000, 'b').join('. ')];
  assert.ok(comparePrompts(of(left), of(right)).length > 0);
  const list = (n: number, role: string) =>
    prompt(`messages: [${`{ role: ${role}, content: x }, `.repeat(n)}]`);
  assert.ok(comparePrompts(list(2000, 'user'), list(1999, 'assistant')).length > 0);
  assert.ok(cpuMs() - started < 5000);
});
