import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concludeRun } from '#core/eval/report/conclude-run.ts';
import type { EndReason } from '#core/eval/run-event.ts';
import { modelOf, planOf, promptText } from '../../../support/evals.ts';
import { outcomeOf } from '../../../support/outcomes.ts';
import { echo, end, failure, rows } from '../../../support/runs.ts';

const PLAN = planOf(promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(60)));
const { summary } = await outcomeOf(PLAN, echo);

const conclude = (
  met: boolean | null,
  answered = 60,
  end: EndReason | null = 'done',
  limit = 0.02,
) =>
  concludeRun(
    { end, totals: { ...summary.totals, jobs: { asked: 60, answered } } },
    { met },
    limit,
  );

test('a whole run is accepted or not', () => {
  assert.deepEqual(conclude(true), { kind: 'accepted' });
  assert.deepEqual(conclude(false), { kind: 'not-accepted' });
});

test('a run with too many missing answers says nothing, good or bad', () => {
  for (const met of [true, false, null])
    assert.deepEqual(conclude(met, 58), {
      kind: 'inconclusive',
      reason: '2 of 60 answers are missing',
    });
  assert.deepEqual(conclude(false, 59), { kind: 'not-accepted' });
  assert.deepEqual(conclude(false, 59, 'done', 0.01).kind, 'inconclusive');
  assert.deepEqual(conclude(null, 59), {
    kind: 'undecided',
    reason: '1 of 60 answers is missing, which decide the result',
  });
  assert.deepEqual(conclude(null), {
    kind: 'undecided',
    reason: 'scores of a judge are missing, which decide the result',
  });
});

test('a run that did not end is not accepted, whatever it had by then', () => {
  const ends: readonly (readonly [EndReason | null, string])[] = [
    ['cancelled', 'the run was canceled'],
    ['budget', 'the run stopped at its cost limit'],
    ['failed', 'the run failed'],
    [null, 'the run was interrupted'],
  ];
  for (const [reason, text] of ends)
    assert.deepEqual(conclude(true, 60, reason), { kind: 'inconclusive', reason: text });
});

test('an outage in the middle of a run is found by the run itself', async () => {
  const model = modelOf(({ why, messages }) =>
    Number(why.case.slice(1)) >= 30
      ? failure({ kind: 'unavailable' })
      : end(messages.at(-1)?.content ?? ''),
  );
  const { conclusion, summary: cut } = await outcomeOf(PLAN, model);
  assert.equal(conclusion.kind, 'inconclusive');
  assert.equal(cut.passRate?.value, 1, 'the figures are about what was answered');
});
