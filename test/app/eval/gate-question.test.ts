import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askGate, type FailPolicy } from '#app/eval/gate-question.ts';
import { planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, rows } from '#test/support/runs.ts';

const EVALUATORS = '- { uses: promptsmith/contains, with: "{{input}}" }';
const textWith = (more = '', n = 4) => promptText(EVALUATORS, rows(n)) + more;

async function ask(policy: FailPolicy, text: string) {
  const { results } = await outcomeOf(planOf(textWith('', 3)), echo);
  return askGate(policy, planOf(text), { base: results, margin: 0.05 });
}

test('only policies that need more than single cases ask a question', async () => {
  for (const policy of ['any', 'regression', 'never'] as const)
    assert.equal(await ask(policy, textWith()), null, policy);
  const strict = await ask('inferior', textWith());
  assert.equal(strict?.preset, 'non-inferior');
  // The fourth case is not in the baseline.
  assert.equal(strict?.cases.length, 3);
  assert.deepEqual(strict?.cases[0], { must: false, base: { passed: 1, repeats: 1 } });
});

test('the acceptance of the file and its required cases are a gate', async () => {
  const rate = await ask('any', textWith('acceptance: { passRate: 0.8 }\n'));
  assert.deepEqual([rate?.preset, rate?.passRate, rate?.margin], ['no-regression', 0.8, 0.05]);
  const must = await ask('any', textWith().replace('name: c0', 'name: c0, must: true'));
  assert.equal(must?.preset, 'no-regression');
  assert.equal('passRate' in (must ?? {}), false);
  const skipped = textWith().replace('name: c1', 'name: c1, skip: true');
  assert.equal((await ask('inferior', skipped))?.cases.length, 2);
});
