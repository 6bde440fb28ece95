import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FinishedEval } from '#app/eval/eval-event.ts';
import { describeResult } from '#client/testing/describe-eval.ts';
import { writeHeadline } from '#client/testing/headline.ts';
import { compareRuns } from '#core/eval/compare/compare.ts';
import type { Model } from '#core/eval/model.ts';
import { headerOf, modelOf, planOf, promptText, TARGET } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, end, failure, rows } from '#test/support/runs.ts';

type Finished = Pick<FinishedEval, 'outcome' | 'comparisons'>;

const EVALUATORS = '- { name: word, uses: promptsmith/contains, with: "{{input}}" }';
const planWith = (cases: number, acceptance = '') =>
  planOf(promptText(EVALUATORS, rows(cases)) + acceptance);
/** Answers all but the last `bad` of ten with the right word. */
const worseBy = (bad: number): Model =>
  modelOf(({ messages }) => {
    const text = messages.at(-1)?.content ?? '';
    return end(Number(/\d+/.exec(text)?.[0]) >= 10 - bad ? 'nothing' : text);
  });
const mute = modelOf(() => end('nothing'));

async function evalOf(model = echo, acceptance = '', cases = 10): Promise<Finished> {
  return { outcome: await outcomeOf(planWith(cases, acceptance), model), comparisons: [] };
}

async function compared(before: Model, now: Model, acceptance = ''): Promise<Finished> {
  const plan = planWith(10, acceptance);
  const [base, outcome] = [await outcomeOf(plan, before), await outcomeOf(plan, now)];
  const comparisons = compareRuns(base.results, outcome.results);
  assert.ok(!('error' in comparisons));
  return { outcome, comparisons };
}

/** The same, as a run that left out other cases. */
async function partOf(model: Model, cases: number, leftOut: number): Promise<Finished> {
  const { outcome } = await evalOf(model, '', cases);
  const run = {
    ...outcome.summary.run,
    leftOut: { only: 0, filter: leftOut, shard: 0, holdout: 0 },
  };
  return { outcome: { ...outcome, summary: { ...outcome.summary, run } }, comparisons: [] };
}

test('a run that passes or fails says so with its figures', async () => {
  assert.deepEqual(writeHeadline(await evalOf(), null), {
    text: 'Accepted: 10 of 10 cases pass',
    tone: 'good',
  });
  assert.deepEqual(writeHeadline(await evalOf(worseBy(4)), null), {
    text: 'Not accepted: 6 of 10 cases pass',
    tone: 'warning',
  });
  const missed = await evalOf(worseBy(4), 'acceptance: { passRate: 0.9 }\n');
  assert.equal(
    writeHeadline(missed, null).text,
    'Not accepted: passRate is 60 %, required: at least 90 %',
  );
});

test('a change that is certain comes first, any other one after acceptance', async () => {
  const easy = 'acceptance: { passRate: 0 }\n';
  const worse = await compared(worseBy(1), mute);
  assert.deepEqual(writeHeadline(worse, 'HEAD'), {
    text: 'Regression vs HEAD: 90 % → 0 % of 10 cases (p = .004)',
    tone: 'warning',
  });
  const better = await compared(mute, worseBy(1));
  assert.equal(
    writeHeadline(better, 'production 1.0.0').text,
    'Improvement vs production 1.0.0: 0 % → 90 % of 10 cases (p = .004) · not accepted',
  );
  const regressed = await compared(worseBy(1), mute, easy);
  assert.equal(writeHeadline(regressed, 'HEAD').tone, 'warning', 'although it is accepted');
  const same = await compared(echo, worseBy(1), easy);
  assert.match(
    writeHeadline(same, 'HEAD').text,
    /^Accepted: 9 of 10 cases pass · no significant change vs HEAD \(p = 1\.00\)$/,
  );
});

test('a run that was cut off decides nothing', async () => {
  const abort = new AbortController();
  let asked = 0;
  const model = modelOf(({ messages }) => {
    if (++asked === 5) abort.abort();
    return end(messages.at(-1)?.content ?? '');
  });
  const outcome = await outcomeOf(planWith(10), model, { signal: abort.signal, concurrency: 1 });
  const finished = { outcome, comparisons: [] };
  assert.match(
    writeHeadline(finished, null).text,
    /^Canceled after [45] of 10 cases; nothing is decided$/,
  );
  const text = describeResult(finished, 'HEAD');
  assert.match(text, /finished cases are stored/);
  assert.doesNotMatch(text, /accepted|pass/);
});

test('missing answers leave a run inconclusive, whatever the others are', async () => {
  const down = modelOf(({ messages }) => {
    const text = messages.at(-1)?.content ?? '';
    return /w[0-5]/.test(text) ? failure({ kind: 'network' }) : end(text);
  });
  const finished = await compared(echo, down);
  assert.deepEqual(writeHeadline(finished, 'HEAD'), {
    text: 'Inconclusive: 6 of 10 answers are missing',
    tone: 'warning',
  });
});

test('a run of some cases is about these, without acceptance or verdict', async () => {
  const one = await partOf(echo, 1, 9);
  assert.deepEqual(writeHeadline(one, 'HEAD'), { text: 'c0 passed', tone: 'neutral' });
  const failed = await partOf(mute, 1, 9);
  assert.equal(writeHeadline(failed, null).text, 'c0 failed');
  const text = describeResult(failed, null);
  assert.match(text, /^ {2}c0 failed\n {4}word: .+/);
  assert.doesNotMatch(text, /accepted|vs |95 %/);
  const three = await partOf(worseBy(8), 3, 7);
  assert.equal(writeHeadline(three, null).text, '2 of 3 selected cases passed');
});

test('answers that were not asked for now are marked', async () => {
  const { outcome } = await evalOf();
  const { summary } = outcome;
  const totals = { ...summary.totals, cachedShare: 0.9 };
  const cached = { ...outcome, summary: { ...summary, totals } };
  assert.equal(
    writeHeadline({ outcome: cached, comparisons: [] }, null).text,
    'Accepted: 10 of 10 cases pass · from cache',
  );
  const replay = { ...outcome, summary: { ...summary, run: { ...summary.run, replay: true } } };
  assert.match(
    writeHeadline({ outcome: replay, comparisons: [] }, null).text,
    / · recorded answers$/,
  );
});

test('further models follow with their own passes', async () => {
  const models = [TARGET, { ...TARGET, id: 'lab/other', model: 'other' }];
  const plan = planOf(promptText(EVALUATORS, rows(4)), { models });
  const model = modelOf(({ messages, model: target }) =>
    end(target === 'other' ? 'no' : (messages.at(-1)?.content ?? '')),
  );
  const outcome = await outcomeOf(plan, model);
  assert.equal(headerOf(plan).models.length, 2);
  assert.equal(
    writeHeadline({ outcome, comparisons: [] }, null).text,
    'Accepted: 4 of 4 cases pass · lab/other: 0 of 4',
  );
});
