import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describePassedOver, pickBaseline } from '#app/eval/pick-run.ts';
import type { PreparedEval } from '#app/eval/prepare-eval.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import type { LeftOut, RunHeader } from '#core/eval/run-event.ts';
import type { StoredRun } from '#io/runs/run-store.ts';
import { headerOf, modelOf, planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, end, failure, rows } from '#test/support/runs.ts';

const plan = planOf(promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(3)));
const { summary } = await outcomeOf(plan, echo);
const WHOLE: LeftOut = { only: 0, filter: 0, shard: 0, holdout: 0 };

const prepared = {
  plan,
  isReplay: false,
  options: {},
  maxErrorRate: 0.02,
  input: { prompt: plan.document, tests: { rows: [], problems: [], files: [] } },
} as unknown as PreparedEval;

/** A stored run, finished and whole unless `more` or `changed` says otherwise. */
function stored(
  id: string,
  more: Partial<RunHeader> = {},
  changed: Partial<Summary> = {},
): StoredRun {
  const run = headerOf(plan, { id, leftOut: WHOLE, ...more });
  return { promptId: run.promptId, id, summary: { ...summary, run, ...changed } };
}

test('the last run is the newest that is whole and conclusive, on the same model', async () => {
  const flaky = modelOf(({ why }) =>
    why.case === 'c1' ? failure({ kind: 'rate-limit' }) : end('w0 w1 w2'),
  );
  const outage = (await outcomeOf(plan, flaky)).summary;
  const runs = [
    stored('cut', {}, { end: 'cancelled' }),
    { promptId: 'a', id: 'unreadable', summary: null },
    stored('editor', { origins: ['vscode:'] }),
    stored('recorded', { replay: true }),
    stored('other model', { models: ['openai/gpt-5'] }),
    stored('single', { leftOut: { ...WHOLE, filter: 2 } }),
    stored('shard', { shard: '1/2', leftOut: { ...WHOLE, shard: 1 } }),
    stored('early', {}, { early: { calls: 1, cost: 0 } }),
    stored('outage', {}, { totals: outage.totals, results: outage.results }),
    stored('whole'),
    stored('older'),
  ];
  const { run, passedOver } = pickBaseline(runs, prepared);
  assert.equal(run?.id, 'whole');
  assert.equal(
    pickBaseline(runs, prepared, { except: 'whole' }).run?.id,
    'older',
    'a resumed run is not its own baseline',
  );
  assert.deepEqual(
    passedOver.map(({ id, problems }) => [id, problems.map(({ code }) => code).join()]),
    [
      ['cut', 'unfinished'],
      ['single', 'partial'],
      ['shard', 'partial'],
      ['early', 'stopped-early'],
      ['outage', 'inconclusive'],
    ],
  );
  assert.match(
    describePassedOver(passedOver),
    /^run cut: the run was canceled; run single: a filter left out 2 of its cases; .*; 2 more$/,
  );
  assert.equal(pickBaseline(runs.slice(0, 9), prepared).run, null);
});

test('a run on another model is a baseline only where models are compared', () => {
  const runs = [stored('other model', { models: ['openai/gpt-5'] })];
  assert.equal(pickBaseline(runs, prepared).run, null);
  const asked = { ...prepared, options: { models: ['openai/gpt-4o-mini'] } };
  assert.equal(pickBaseline(runs, asked).run?.id, 'other model');
  const { prompt } = plan.hashes;
  assert.equal(pickBaseline(runs, prepared, { prompt, model: 'openai/gpt-4o' }).run, null);
  assert.equal(
    pickBaseline(runs, prepared, { prompt, model: 'openai/gpt-5' }).run?.id,
    'other model',
    'the other text is for that model',
  );
});

test('of the runs of another text those by the same evaluators come first', () => {
  const { prompt } = plan.hashes;
  const runs = [
    stored('prompt', { hashes: { ...plan.hashes, prompt: 'sha256:other' } }),
    stored('checks', { hashes: { ...plan.hashes, checks: 'sha256:other' } }),
    stored('best'),
  ];
  assert.equal(pickBaseline(runs, prepared, { prompt }).run?.id, 'best');
  assert.equal(pickBaseline(runs.slice(0, 2), prepared, { prompt }).run?.id, 'checks');
});

test('a run of an older version is whole only if all cases of these rows are in it', () => {
  const { leftOut: _, ...header } = headerOf(plan, { id: 'old', leftOut: WHOLE });
  const old = (run: Partial<RunHeader>, totals = summary.totals): StoredRun => ({
    promptId: header.promptId,
    id: 'old',
    summary: { ...summary, run: { ...header, ...run }, totals },
  });
  assert.equal(pickBaseline([old({})], prepared).run?.id, 'old');
  assert.equal(pickBaseline([old({}, { ...summary.totals, passed: 2 })], prepared).run, null);
  const moved = { hashes: { ...plan.hashes, data: 'sha256:other' as const } };
  assert.equal(pickBaseline([old(moved)], prepared).run, null);
});
