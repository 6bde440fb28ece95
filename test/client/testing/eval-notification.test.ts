import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeResult, describeVerdicts } from '#client/testing/describe-eval.ts';
import { type NotifiedEval, writeNotification } from '#client/testing/eval-notification.ts';
import { compareRuns } from '#core/eval/compare/compare.ts';
import type { Comparison } from '#core/eval/compare/comparison.ts';
import { modelOf, planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, end, failure, rows } from '#test/support/runs.ts';

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

test('one eval is one line without its path; of several each has a line', async () => {
  const first = await evalOf();
  assert.deepEqual(writeNotification([first]), {
    isWarning: false,
    message: 'Accepted: 30 of 30 cases pass',
    continuation: null,
  });
  const comparisons = await comparisonsOf();
  const worse = {
    ...first,
    path: 'b',
    baseline: 'HEAD',
    finished: { ...first.finished, comparisons },
  };
  const { isWarning, message } = writeNotification([first, worse]);
  assert.equal(isWarning, true, 'a regression is a warning');
  assert.equal(
    message,
    'a.prompt.yaml: Accepted: 30 of 30 cases pass\nb: Regression vs HEAD: 100 % → 0 % of 30 cases (p < .001) · accepted',
  );
});

test('what is not accepted is a warning; without criteria every case has to pass', async () => {
  const failed = await evalOf(mute);
  assert.equal(writeNotification([failed]).isWarning, true);
  assert.match(describeResult(failed.finished, null), /not accepted: every case has to pass: 0 %/);
  const refused = await evalOf(mute, 'acceptance: { passRate: 0.9 }\n');
  assert.equal(writeNotification([refused]).isWarning, true);
  assert.match(describeResult(refused.finished, null), /\n {2}not accepted: passRate is 0 %/);
  const accepted = await evalOf(echo, 'acceptance: { passRate: 0.9 }\n');
  assert.match(describeResult(accepted.finished, null), /^ {2}Accepted: 30 of 30 cases pass\n/);
});

test('a run that was cut off can be resumed, one with missing answers asks for these', async () => {
  const abort = new AbortController();
  abort.abort();
  const outcome = await outcomeOf(planWith(), echo, { signal: abort.signal });
  const one: NotifiedEval = { path: 'a', baseline: null, finished: { outcome, comparisons: [] } };
  const cut = writeNotification([one]);
  assert.equal(cut.message, 'Canceled after 0 of 30 cases; nothing is decided');
  assert.equal(cut.continuation, 'resume');
  const down = await evalOf(modelOf(() => failure({ kind: 'network' })));
  assert.equal(writeNotification([down]).continuation, 'retry');
  assert.equal(writeNotification([down, down]).continuation, null, 'it is unclear which one');
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
