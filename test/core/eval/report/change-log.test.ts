import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChangeLog, describeChanges } from '#core/eval/report/change-log.ts';
import { isSummary } from '#core/eval/report/is-summary.ts';
import { Report } from '#core/eval/report/report.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import type { RequestChange } from '#core/models/request-change.ts';
import { answerOf, headerOf, planOf, promptText } from '../../../support/evals.ts';

const SEED: RequestChange = { key: 'seed', effect: 'left-out', reason: 'there is none' };
const LIMIT: RequestChange = { key: 'maxTokens', effect: 'translated', reason: '16 is sent' };

function answered(job: string, changes?: readonly RequestChange[]): RunEvent {
  const answer = answerOf('x', changes === undefined ? {} : { changes });
  return { t: 'answer', job, answer, cached: false, attempts: 1, cost: 0, at: '' };
}

test('each change is said once per model, whatever the server’s words', () => {
  const log = new ChangeLog();
  for (let i = 0; i < 3; i++)
    log.add(answered(`a|openai/o3|${i}`, [{ ...SEED, reason: `request ${i}` }, LIMIT]));
  log.add(answered('b|lab/x|0'));
  log.add(answered('no job', [SEED]));
  const changes = [LIMIT, { ...SEED, reason: 'request 0' }];
  assert.deepEqual(log.read('openai/o3'), { changes });
  assert.deepEqual(log.read('lab/x'), {});
});

test('one text for each model that has changes, with its name where there are several models', () => {
  const text = 'seed is not sent: there is none; maxTokens is changed: 16 is sent';
  const first = { model: 'openai/o3', changes: [SEED, LIMIT] };
  assert.deepEqual(describeChanges([first]), [text]);
  assert.deepEqual(describeChanges([first, { model: 'lab/x' }]), [`openai/o3: ${text}`]);
  assert.deepEqual(describeChanges([{ model: 'lab/x' }]), []);
});

test('a summary has them for each model, and for the run those of its first', () => {
  const models = ['openai/o3', 'lab/x'];
  const report = new Report();
  report.add({ t: 'start', v: 2, run: headerOf(planOf(promptText('- uses: x')), { models }) });
  report.add(answered('a|openai/o3|0', [SEED]));
  report.add(answered('a|lab/x|0'));
  const summary = report.summary();
  assert.deepEqual(summary?.changes, [SEED]);
  assert.deepEqual(
    summary?.results.map(({ changes }) => changes),
    [[SEED], undefined],
  );
  assert.ok(isSummary(summary));
  for (const changes of [null, 'seed', [{ key: 'seed' }], [null]])
    assert.ok(!isSummary({ ...summary, results: [{ ...summary?.results[0], changes }] }));
});
