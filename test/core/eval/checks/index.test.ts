import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHECKS, checkName } from '#core/eval/checks/index.ts';
import { testChecks } from '#test/support/check-rows.ts';
import { judge } from '#test/support/evals.ts';

testChecks('an unknown kind is an error', [
  ['contians with: x', 'x', 'error', /unknown evaluator `uses: promptsmith\/contians`/],
  ['not-contians with: x', 'y', 'error'],
]);

test('every kind is documented and its example runs', async () => {
  const names = CHECKS.map(checkName);
  assert.equal(new Set(names).size, names.length);
  for (const check of CHECKS) {
    assert.match(check.summary, /\.$/);
    for (const parameter of check.parameters) assert.match(parameter.description, /\.$/);
    const [result] = await judge({
      evaluators: `- ${check.example.replaceAll('\n', '\n  ')}`,
      answer: 'no',
      rows: '- { input: hello, expected: hello }',
      context: { judge: 'acme/judge', ask: async () => ({ text: 'no\nScore: 3', cost: 0 }) },
    });
    assert.ok(result);
    assert.equal(result.kind, check.namespace === 'github' ? `github/${check.kind}` : check.kind);
    assert.equal(result.error, undefined, `${checkName(check)}: ${result.error}`);
  }
});
