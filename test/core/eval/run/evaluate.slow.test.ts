import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuMs } from '../../../support/cpu-ms.ts';
import { judge } from '../../../support/evals.ts';

test('huge answers are judged in bounded time', { timeout: 20_000 }, async () => {
  const long = 'ab '.repeat(200_000);
  const nested = '[{"a":'.repeat(100_000);
  for (const [evaluators, answer] of [
    [`- { uses: promptsmith/levenshtein, with: "${'xy '.repeat(30_000)}" }`, long],
    ['- uses: promptsmith/contains-json', nested],
    ['- uses: promptsmith/contains-json', '{"'.repeat(200_000)],
    ['- uses: promptsmith/contains-json', '{"\\"'.repeat(200_000)],
    ['- uses: promptsmith/contains-json', '["[", '.repeat(200_000)],
    ['- uses: promptsmith/is-json', nested],
    ['- { uses: promptsmith/numeric, with: 4 }', '1,111'.repeat(100_000)],
    [
      '- { uses: promptsmith/equals, with: a, transform: "json:a" }',
      '['.repeat(500_000) + ']'.repeat(500_000),
    ],
    ['- { uses: promptsmith/equals, with: a, transform: strip-fences }', '`'.repeat(500_000)],
    [
      '- { uses: promptsmith/is-json, with: { schema: { uniqueItems: true } } }',
      `[${'{},'.repeat(100_000)}{"a":1}]`,
    ],
  ] as const) {
    const start = cpuMs();
    const [result] = await judge({ evaluators, answer });
    assert.notEqual(result?.passed, true, evaluators.slice(0, 60));
    assert.ok(cpuMs() - start < 4000, `${evaluators.slice(0, 60)}: ${cpuMs() - start} ms`);
  }
});
