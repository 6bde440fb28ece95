import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pickLastRun, pickRunOf } from '#app/eval/pick-run.ts';
import type { RunHeader } from '#core/eval/run-event.ts';
import type { StoredRun } from '#io/runs/run-store.ts';
import { headerOf, planOf, promptText } from '#test/support/evals.ts';
import { outcomeOf } from '#test/support/outcomes.ts';
import { echo, rows } from '#test/support/runs.ts';

const plan = planOf(promptText('- { uses: promptsmith/contains, with: "{{input}}" }', rows(3)));
const { summary } = await outcomeOf(plan, echo);

/** A stored run, finished unless `end` says otherwise. */
function stored(id: string, more: Partial<RunHeader> = {}, end = summary.end): StoredRun {
  const run = headerOf(plan, { id, ...more });
  return { promptId: run.promptId, id, summary: { ...summary, run, end } };
}

test('the last run is the newest finished one of all cases', () => {
  const runs = [
    stored('cut', {}, 'cancelled'),
    { promptId: 'a', id: 'unreadable', summary: null },
    stored('editor', { origins: ['vscode:'] }),
    stored('single', { cases: 1 }),
    stored('whole'),
    stored('older'),
  ];
  assert.equal(pickLastRun(runs, plan, undefined)?.id, 'whole');
  assert.equal(pickLastRun(runs, plan, 'whole')?.id, 'older', 'a resumed run is not its baseline');
  assert.equal(pickLastRun(runs.slice(0, 4), plan, undefined)?.id, 'single');
  assert.equal(pickLastRun(runs.slice(0, 3), plan, undefined), null);
});

test('among the runs of a prompt all cases count more than the models, these more than the evaluators', () => {
  const { prompt } = plan.hashes;
  const other = { ...plan.hashes, checks: 'sha256:other' } as const;
  const runs = [
    stored('prompt', { hashes: { ...plan.hashes, prompt: 'sha256:other' } }),
    stored('checks', { cases: 1, models: ['x/y'] }),
    stored('models', { cases: 1, hashes: other }),
    stored('cases', { models: ['x/y'], hashes: other }),
    stored('best'),
  ];
  const ids: string[] = [];
  for (let left = runs; ; left = left.filter(({ id }) => id !== ids.at(-1))) {
    const found = pickRunOf(prompt, left, plan);
    if (!found) break;
    ids.push(found.id);
  }
  assert.deepEqual(ids, ['best', 'cases', 'models', 'checks']);
});
