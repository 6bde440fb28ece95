import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { describeRuns } from '#app/eval/describe-runs.ts';
import { readRunReport } from '#app/eval/read-run-report.ts';
import { Projects } from '#app/prompt/project.ts';
import { createRunId } from '#core/eval/ids.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { RunStore, readStoredRuns } from '#io/runs/run-store.ts';
import { folderWith } from '#test/support/cli.ts';
import { headerOf, planOf, portsOf } from '#test/support/evals.ts';
import { echo, PROMPT, start } from '#test/support/runs.ts';

const AT = new Date('2026-11-21T09:30:00.123Z');
const ID = createRunId(AT, 0.5);

/** A project with one run, of which at most so many events are stored. */
async function projectWith(t: TestContext, count = Number.POSITIVE_INFINITY) {
  const root = await folderWith(t, { '.promptsmith.yaml': '', 'p.prompt.yaml': PROMPT });
  const store = new RunStore(join(root, '.promptsmith'));
  const plan = planOf(PROMPT);
  const header = headerOf(plan, {
    ...{ id: ID, promptId: 'p', path: 'p.prompt.yaml', at: AT.toISOString() },
  });
  const writer = await store.create(header);
  const events: RunEvent[] = [];
  for await (const event of start(plan, portsOf(echo))) events.push(event);
  const [first, ...others] = events;
  assert.equal(first?.t, 'start');
  const kept = [{ ...first, run: header } as RunEvent, ...others].slice(0, count);
  const isWhole = kept.length === events.length;
  if (isWhole) for await (const _ of readStoredRuns(toAsync(kept), writer));
  else for (const event of kept) writer.append(event);
  return { root, store, writer, isWhole };
}

async function* toAsync(events: readonly RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

test('a run that is being written is running; when its process has ended, it was interrupted', async (t) => {
  const { store, writer } = await projectWith(t, 6);
  const [running] = await describeRuns(store, await store.list());
  assert.deepEqual(
    [running?.isRunning, running?.summary?.end, running?.at],
    [true, null, AT.toISOString()],
  );
  await writer.close(null);
  const [cut] = await describeRuns(store, await store.list());
  assert.equal(cut?.isRunning, false);
  assert.equal(cut?.fitness?.result[0]?.code, 'unfinished');
});

test('a run whose first event is not stored yet is known by its id only', async (t) => {
  const { store } = await projectWith(t, 0);
  const [run] = await describeRuns(store, await store.list());
  assert.deepEqual([run?.summary, run?.fitness, run?.isMerged], [null, null, false]);
  assert.equal(run?.at, '2026-11-21T09:30:00.000Z');
});

test('a run that is erased meanwhile is an error in one sentence', async (t) => {
  const { root, store } = await projectWith(t);
  const stored = await store.list();
  await store.erase('p', ID);
  const [gone] = await describeRuns(store, stored);
  assert.ok(gone);
  const projects = new Projects(root);
  const source = { store, projects, project: await projects.find('any') };
  await assert.rejects(readRunReport(gone, source), {
    name: 'UserError',
    message: /^p has no run .* is missing\.$/,
  });
});

test('the prompt file of a run is read only inside the project', async (t) => {
  const { root, store } = await projectWith(t);
  const outside = await folderWith(t, { 'p.prompt.yaml': PROMPT });
  const [run] = await describeRuns(store, await store.list());
  assert.ok(run?.summary);
  const projects = new Projects(root);
  const source = { store, projects, project: await projects.find(join(root, 'any')) };
  const read = async (path: string) => {
    const { summary } = run;
    assert.ok(summary);
    const moved = { ...run, summary: { ...summary, run: { ...summary.run, path } } };
    return (await readRunReport(moved, source)).changes;
  };
  assert.deepEqual(await read('p.prompt.yaml'), []);
  assert.equal(await read(`../${outside.split('/').at(-1)}/p.prompt.yaml`), null);
  await rm(join(root, 'p.prompt.yaml'));
  assert.equal(await read('p.prompt.yaml'), null);
});

test('a run is concluded by the criteria of its file only as long as the file is the same', async (t) => {
  const { root, store } = await projectWith(t);
  const [run] = await describeRuns(store, await store.list());
  assert.ok(run);
  const read = async (text: string) => {
    await writeFile(join(root, 'p.prompt.yaml'), text);
    const projects = new Projects(root);
    const project = await projects.find(join(root, 'any'));
    return await readRunReport(run, { store, projects, project });
  };
  const same = await read(PROMPT);
  assert.match(same.report.result[0]?.text ?? '', /^Accepted: 3 of 3 cases pass/);
  for (const [text, changes] of [
    [PROMPT.replace('Say', 'Tell'), ['prompt']],
    [PROMPT.replace('input: w0', 'input: w9'), ['test rows']],
    [PROMPT.replace('promptsmith/contains', 'promptsmith/equals'), ['evaluators']],
  ] as const) {
    const { report, isJudged, ...other } = await read(text);
    assert.deepEqual([other.changes, isJudged, report.acceptance], [changes, false, []]);
    assert.match(report.result[0]?.text ?? '', /^3 of 3 cases pass/);
  }
});
