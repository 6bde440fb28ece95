import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeResult, describeVerdicts } from '#client/testing/describe-eval.ts';
import { type NotifiedEval, summarizeEvals } from '#client/testing/eval-notification.ts';
import { compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { modelOf, planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, end, rows } from '#test/support/runs.ts';

const EVALUATORS = '- { uses: promptsmith/contains, with: "{{input}}" }';
const mute = modelOf(() => end('nothing'));
const planWith = (acceptance = '') => planOf(promptText(EVALUATORS, rows(30)) + acceptance);

async function evalOf(model = echo, acceptance = ''): Promise<NotifiedEval> {
  const outcome = await outcomeOf(planWith(acceptance), model);
  return { path: 'a.prompt.yaml', baseline: null, finished: { outcome, comparisons: [] } };
}

async function comparisonsOf(): Promise<readonly Comparison[]> {
  const [base, now] = [await outcomeOf(planWith(), echo), await outcomeOf(planWith(), mute)];
  const compared = compareRuns(base.results, now.results);
  assert.ok(!('error' in compared));
  return compared;
}

test('a notification has a line for each prompt: what passed, or the verdict', async () => {
  const first = await evalOf();
  assert.deepEqual(summarizeEvals([first]), {
    isWarning: false,
    message: `a.prompt.yaml: 30/30 passed (pass rate 100 %, 95 % CI 88.6 % to 100 %)`,
  });
  const comparisons = await comparisonsOf();
  const worse = {
    ...first,
    path: 'b',
    baseline: 'HEAD',
    finished: { ...first.finished, comparisons },
  };
  const { isWarning, message } = summarizeEvals([first, worse]);
  assert.equal(isWarning, true, 'a regression is a warning');
  assert.match(message, /^a\.prompt\.yaml: 30\/30 passed .*\nb: vs HEAD: regression: 100 → 0 %/);
});

test('what is not accepted is a warning; without criteria every case has to pass', async () => {
  const failed = await evalOf(mute);
  assert.equal(summarizeEvals([failed]).isWarning, true);
  assert.match(describeResult(failed.finished, null), /not accepted: every case has to pass: 0 %/);
  const refused = await evalOf(mute, 'acceptance: { passRate: 0.9 }\n');
  assert.equal(summarizeEvals([refused]).isWarning, true);
  assert.match(describeResult(refused.finished, null), /\n {2}not accepted: passRate is 0 %/);
  const accepted = await evalOf(echo, 'acceptance: { passRate: 0.9 }\n');
  assert.match(describeResult(accepted.finished, null), /\n {2}accepted$/);
});

test('a run that was cut off says so', async () => {
  const abort = new AbortController();
  abort.abort();
  const outcome = await outcomeOf(planWith(), echo, { signal: abort.signal });
  const finished = { outcome, comparisons: [] };
  const one: NotifiedEval = { path: 'a', baseline: null, finished };
  assert.match(summarizeEvals([one]).message, /^a: 0\/0 passed \(incomplete: cancelled\)$/);
  assert.match(describeResult(finished, null), /cancelled; finished cases are stored/);
});

test('the verdict of each model has its name, and the baseline is named', async () => {
  assert.equal(describeVerdicts([]), null);
  const [one] = await comparisonsOf();
  assert.ok(one);
  const text = describeVerdicts([
    { ...one, model: 'a/b' },
    { ...one, model: 'c/d' },
  ]);
  assert.match(text ?? '', /^a\/b: regression: .*; c\/d: regression: /);
  const { finished } = await evalOf();
  assert.match(
    describeResult({ ...finished, comparisons: [one] }, 'HEAD'),
    /\n {2}vs HEAD: regress/,
  );
});
