import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assessFitness, describeFitness } from '#core/eval/report/assess-fitness.ts';
import type { Summary } from '#core/eval/report/summary.ts';
import { modelOf, planOf, promptText, TARGET } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { end, failure, rows } from '#test/support/runs.ts';

const CHECKS = '- { uses: promptsmith/contains, with: w }';
const MODEL = modelOf((request) => end(request.messages.at(-1)?.content ?? ''));
const NOTHING = { only: 0, filter: 0, shard: 0, holdout: 0 };

/** The summary of a run of 24 cases, of which some have no answer. */
async function summaryOf(missing = 0, more: Partial<Summary['run']> = {}): Promise<Summary> {
  const plan = planOf(promptText(CHECKS, rows(24)));
  const model = modelOf((request) => {
    const n = Number(/w(\d+)/.exec(request.messages.at(-1)?.content ?? '')?.[1]);
    return n < missing ? failure({ kind: 'auth', message: `no ${n}` }) : end(`w${n}`);
  });
  const { summary } = await outcomeOf(plan, model);
  return {
    ...summary,
    run: { ...summary.run, model: TARGET.id, leftOut: NOTHING, ...more },
  };
}

function describe(run: Summary): string {
  return describeFitness(run, assessFitness(run, 0.02));
}

test('a run that ended and left nothing out is whole', async () => {
  const run = await summaryOf();
  assert.deepEqual(assessFitness(run, 0.02), { result: [], baseline: [], isWhole: true });
  assert.equal(describe(run), 'whole');
});

test('a run that is not whole says what it is fit for, or why not in two words', async () => {
  const run = await summaryOf();
  const about = (more: Partial<Summary['run']>): Summary => ({
    ...run,
    run: { ...run.run, ...more },
  });
  const { leftOut: _, model: __, ...old } = run.run;
  for (const [one, words] of [
    [about({ leftOut: { ...NOTHING, holdout: 3 } }), 'result, baseline'],
    [{ ...run, run: old }, 'result'],
    [about({ model: 'openai/gpt-5' }), 'baseline'],
    [about({ model: null }), 'whole'],
    [about({ shard: '1/3', leftOut: { ...NOTHING, shard: 16 } }), 'shard 1/3'],
    [about({ leftOut: { ...NOTHING, filter: 2 } }), 'filtered'],
    [about({ leftOut: { ...NOTHING, only: 2 } }), '`only` cases'],
    [about({ allowMissing: true }), 'values missing'],
    [about({ cases: 30 }), '6 of 30 unasked'],
    [about({ repeat: 3 }), 'repeats missing'],
    [{ ...run, end: null }, 'interrupted'],
    [{ ...run, end: 'cancelled' }, 'canceled'],
    [{ ...run, end: 'budget' }, 'cost limit'],
    [{ ...run, end: 'failed' }, 'failed'],
    [{ ...run, early: { calls: 3, cost: 0 } }, 'stopped early'],
    [await summaryOf(16), '16 of 24 missing'],
    [{ ...(await summaryOf(16)), run: old }, '16 of 24 missing'],
  ] as const)
    assert.equal(describe(one), words);
  assert.equal(assessFitness(about({ leftOut: { ...NOTHING, holdout: 3 } }), 0.02).isWhole, false);
});

test('one missing answer is within the limit that the project sets', async () => {
  const run = await summaryOf(1);
  assert.equal(describe(run), '1 of 24 missing');
  assert.equal(describeFitness(run, assessFitness(run, 0.05)), 'whole');
});

test('a run whose cases have no checks is a result, not a baseline', async () => {
  const plan = planOf(promptText('[]', rows(3)).replace('evaluators:\n  []', 'evaluators: []'));
  const { summary } = await outcomeOf(plan, MODEL);
  const run = { ...summary, run: { ...summary.run, leftOut: NOTHING } };
  assert.equal(describe(run), 'result');
});
