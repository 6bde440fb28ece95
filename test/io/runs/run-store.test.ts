import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { resumeRun } from '#app/eval/resume-run.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { run } from '#core/eval/run/run.ts';
import type { EarlierPart } from '#core/eval/run/run-options.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { RunStore, readStoredRuns } from '#io/runs/run-store.ts';
import {
  answerOf,
  collect,
  headerOf,
  modelOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
} from '../../support/evals.ts';

const folder = await mkdtemp(join(tmpdir(), 'promptsmith-runs-'));
after(() => rm(folder, { recursive: true }));
let count = 0;
const ID = '20261121T093000Z-1a2b3c';
const PROMPT = 'support/triage';

/** A store in an empty folder. */
function newStore(): { store: RunStore; at: string; events: string; summary: string } {
  const at = join(folder, String(count++), '.promptsmith');
  const path = join(at, 'runs', 'support~triage', ID);
  return {
    store: new RunStore(at),
    at,
    events: join(path, 'events.jsonl'),
    summary: join(path, 'summary.json'),
  };
}

const ROWS =
  '- { input: a, $case: { name: a } }\n- { input: b, $case: { name: b } }\n- { input: c, $case: { name: c } }';
const TEXT = promptText('- { uses: promptsmith/contains, with: "{{input}}" }', ROWS);

/** Runs and stores; `calls` lists the cases that were called. */
async function runInto(
  store: RunStore,
  made: Plan,
  { earlier, fail, stopAfter }: { earlier?: EarlierPart; fail?: string; stopAfter?: number } = {},
) {
  const calls: string[] = [];
  const model = modelOf((request) => {
    calls.push(request.why.case);
    if (request.why.case === fail) return { kind: 'error', error: { kind: 'auth', message: 'no' } };
    return { kind: 'end', answer: answerOf(`it is ${request.why.case}\u2028!`) };
  });
  const writer = earlier
    ? await store.reopen(PROMPT, ID)
    : await store.create({ promptId: PROMPT, id: ID });
  const events: RunEvent[] = [];
  const signal = new AbortController().signal;
  for await (const event of readStoredRuns(
    run(made, headerOf(made), portsOf(model), {
      signal,
      concurrency: 1,
      ...(earlier ? { earlier } : {}),
    }),
    writer,
  )) {
    events.push(event);
    if (events.length === stopAfter) break;
  }
  return { calls, events };
}

test('a run is one line per event, a summary, and a folder that git ignores', async () => {
  const { store, at, events, summary } = newStore();
  const { events: shown } = await runInto(store, planOf(TEXT));
  const lines = (await readFile(events, 'utf8')).split('\n');
  assert.equal(lines.pop(), '');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    shown,
  );
  assert.deepEqual(await collect(store.events(PROMPT, ID)), shown);
  assert.equal(await readFile(join(at, '.gitignore'), 'utf8'), '*\n');
  const written = JSON.parse(await readFile(summary, 'utf8'));
  assert.equal(written.v, 2);
  assert.equal(written.totals.passed, 3);
  assert.equal(written.end, 'done');
  assert.deepEqual(await store.summarize(PROMPT, ID), written);
  assert.deepEqual((await readdir(join(events, '..'))).sort(), ['events.jsonl', 'summary.json']);
});

test('an event is on disk before it is shown', async () => {
  const { store, events } = newStore();
  const made = planOf(TEXT);
  const writer = await store.create({ promptId: PROMPT, id: ID });
  const model = modelOf((request) => ({ kind: 'end', answer: answerOf(request.why.case) }));
  let n = 0;
  for await (const event of readStoredRuns(
    run(made, headerOf(made), portsOf(model), { signal: new AbortController().signal }),
    writer,
  )) {
    const lines = (await readFile(events, 'utf8')).trimEnd().split('\n');
    assert.deepEqual(JSON.parse(lines[n++] ?? ''), event);
  }
  assert.equal(n, 8);
});

test('a run that was cut off goes on where it stopped', async () => {
  const { store, events, summary } = newStore();
  const made = planOf(TEXT);
  // start, answer a, score a, answer b: then the process is gone in the middle of a line.
  await runInto(store, made, { stopAfter: 4 });
  await appendFile(events, '{"t":"score","job":"b|open');
  assert.equal((await collect(store.events(PROMPT, ID))).length, 4);
  const resumed = await resumeRun(store, { promptId: PROMPT, id: ID }, made.hashes);
  assert.ok(!('error' in resumed));
  const { calls, events: shown } = await runInto(store, made, { earlier: resumed.earlier });
  assert.deepEqual(calls, ['c']);
  assert.deepEqual(
    shown.map((e) => e.t),
    ['resume', 'score', 'answer', 'score', 'end'],
  );
  const all = await collect(store.events(PROMPT, ID));
  assert.equal(ofKind(all, 'start').length, 1);
  assert.equal((await store.summarize(PROMPT, ID))?.totals.passed, 3);
  // The summary at the end is of the whole run when the earlier report goes on.
  assert.equal(JSON.parse(await readFile(summary, 'utf8')).v, 2);
});

test('resuming with the earlier report summarizes the whole run', async () => {
  const { store, summary } = newStore();
  const made = planOf(TEXT);
  await runInto(store, made, { stopAfter: 3 });
  const resumed = await resumeRun(store, { promptId: PROMPT, id: ID }, made.hashes);
  assert.ok(!('error' in resumed));
  const model = modelOf((request) => ({ kind: 'end', answer: answerOf(request.why.case) }));
  const writer = await store.reopen(PROMPT, ID);
  const options = { signal: new AbortController().signal, earlier: resumed.earlier };
  await collect(
    readStoredRuns(run(made, resumed.header, portsOf(model), options), writer, resumed.report),
  );
  assert.equal(JSON.parse(await readFile(summary, 'utf8')).totals.passed, 3);
});

test('errors are done again only when asked', async () => {
  const { store } = newStore();
  const made = planOf(TEXT);
  await runInto(store, made, { fail: 'b' });
  const at = { promptId: PROMPT, id: ID };
  const plain = await resumeRun(store, at, made.hashes);
  assert.ok(!('error' in plain));
  assert.deepEqual((await runInto(store, made, { earlier: plain.earlier })).calls, []);
  const retry = await resumeRun(store, at, made.hashes, { retryErrors: true });
  assert.ok(!('error' in retry));
  assert.deepEqual((await runInto(store, made, { earlier: retry.earlier })).calls, ['b']);
  const summary = await store.summarize(PROMPT, ID);
  assert.equal(summary?.totals.passed, 3);
  assert.equal(summary?.totals.errored, 0);
});

test('a changed prompt or row refuses to go on; changed evaluators want --rescore, which calls nothing', async () => {
  const { store } = newStore();
  await runInto(store, planOf(TEXT));
  const at = { promptId: PROMPT, id: ID };
  const resume = (text: string, options = {}) => resumeRun(store, at, planOf(text).hashes, options);
  assert.match(JSON.stringify(await resume(TEXT.replace('Say', 'Tell'))), /the prompt has changed/);
  assert.match(
    JSON.stringify(await resume(TEXT.replace('input: b', 'input: x'), { rescore: true })),
    /test rows have changed/,
  );
  const stricter = TEXT.replace('promptsmith/contains', 'promptsmith/equals');
  assert.match(JSON.stringify(await resume(stricter)), /--rescore/);
  const resumed = await resume(stricter, { rescore: true });
  assert.ok(!('error' in resumed));
  const made = planOf(stricter);
  assert.deepEqual(resumed.header.hashes, made.hashes);
  const { calls, events } = await runInto(store, made, { earlier: resumed.earlier });
  assert.deepEqual(calls, []);
  assert.deepEqual(
    events.map((e) => e.t),
    ['start', 'resume', 'score', 'score', 'score', 'end'],
  );
  assert.equal((await store.summarize(PROMPT, ID))?.totals.failed, 3);
});

test('scoring again that was cut off does not count what the earlier evaluators scored', async () => {
  const { store, events } = newStore();
  await runInto(store, planOf(TEXT));
  const at = { promptId: PROMPT, id: ID };
  const stricter = planOf(TEXT.replace('promptsmith/contains', 'promptsmith/equals'));
  const resumed = await resumeRun(store, at, stricter.hashes, { rescore: true });
  assert.ok(!('error' in resumed));
  await runInto(store, stricter, { earlier: resumed.earlier });
  const lines = (await readFile(events, 'utf8')).trimEnd().split('\n');
  // What is left of the second part: its start, and one score.
  await writeFile(events, `${lines.slice(0, -3).join('\n')}\n`);
  const plain = await resumeRun(store, at, stricter.hashes);
  assert.match('error' in plain ? plain.error : '', /2 of its answers are not scored/);
  const again = await resumeRun(store, at, stricter.hashes, { rescore: true });
  assert.ok(!('error' in again));
  await runInto(store, stricter, { earlier: again.earlier });
  assert.equal((await store.summarize(PROMPT, ID))?.totals.failed, 3);
});

test('lists runs newest first, also what was cut off or cannot be read', async () => {
  const { store, summary } = newStore();
  assert.deepEqual(await store.list(), []);
  await runInto(store, planOf(TEXT));
  for (const id of ['20261122T000000Z-000000', '20261120T000000Z-000000']) {
    await (await store.create({ promptId: PROMPT, id })).close(null);
  }
  await (await store.create({ promptId: 'other', id: ID })).close(null);
  const runs = await store.list(PROMPT);
  assert.deepEqual(
    runs.map((r) => [r.id, r.summary?.totals.passed ?? null]),
    [
      ['20261122T000000Z-000000', null],
      [ID, 3],
      ['20261120T000000Z-000000', null],
    ],
  );
  assert.equal((await store.list()).length, 4);
  assert.deepEqual((await store.list()).map((r) => r.promptId).sort(), [
    'other',
    PROMPT,
    PROMPT,
    PROMPT,
  ]);
  await writeFile(summary, '{"v":3}');
  assert.match((await store.list(PROMPT))[1]?.error ?? '', /newer Promptsmith \(v 3\)/);
  await rm(join(summary, '../events.jsonl'));
  await writeFile(summary, '{');
  assert.match((await store.list(PROMPT))[1]?.error ?? '', /summary\.json: .*JSON/);
});

test('runs of a newer version, broken and missing ones say so', async () => {
  const { store, events } = newStore();
  await assert.rejects(
    collect(store.events(PROMPT, ID)),
    /support\/triage has no run 20261121T093000Z-1a2b3c/,
  );
  await (await store.create({ promptId: PROMPT, id: ID })).close(null);
  await assert.rejects(store.create({ promptId: PROMPT, id: ID }), /EEXIST/);
  await writeFile(events, '{"t":"start","v":3}\n');
  await assert.rejects(collect(store.events(PROMPT, ID)), /newer Promptsmith \(v 3\)/);
  await writeFile(events, '{"t":"end","reason":"done","at":""}\noops\n{"t":"end"}\n');
  await assert.rejects(collect(store.events(PROMPT, ID)), /line 2 is not a run event/);
  await writeFile(events, '');
  assert.match(
    JSON.stringify(await resumeRun(store, { promptId: PROMPT, id: ID }, planOf(TEXT).hashes)),
    /has no start event/,
  );
});

test('names that would leave the folder are refused', async () => {
  const { store } = newStore();
  for (const promptId of ['..', '', 'a\\b', 'ü'])
    await assert.rejects(store.create({ promptId, id: ID }), /is not a prompt id/);
  await assert.rejects(store.create({ promptId: PROMPT, id: '../../x' }), /is not a run id/);
});

test('a damaged summary is read from the events; what is no run is named or passed over', async () => {
  const { store, at, events, summary: file } = newStore();
  await runInto(store, planOf(TEXT));
  const [whole] = await store.list();
  const text = await readFile(file, 'utf8');
  const summary = JSON.parse(text);
  for (const damaged of [
    '',
    text.slice(0, 200),
    'null',
    '[]',
    '{"v":2,"run":{"at":"x"}}',
    JSON.stringify({ ...summary, results: [{}] }),
    JSON.stringify({ ...summary, totals: { ...summary.totals, jobs: null } }),
    JSON.stringify({ ...summary, run: { ...summary.run, hashes: {} } }),
    JSON.stringify({ ...summary, run: { ...summary.run, models: [7] } }),
    JSON.stringify({ ...summary, passRate: { value: '1' } }),
  ]) {
    await writeFile(file, damaged);
    const [read] = await store.list();
    assert.deepEqual(read, whole, damaged.slice(0, 80));
  }
  await rm(events);
  const [lost] = await store.list();
  assert.match(lost?.error ?? '', /is not a summary of a run/);
  await mkdir(join(at, 'runs', '🦊 عربي', ID), { recursive: true });
  assert.equal((await store.list()).length, 1);
});

test('scoring again asks nothing, and makes nothing whole that was not', async () => {
  const { store, events } = newStore();
  const made = planOf(TEXT);
  await runInto(store, made, { stopAfter: 3 });
  const at = { promptId: PROMPT, id: ID };
  const rescore = async () => {
    const resumed = await resumeRun(store, at, made.hashes, { rescore: true });
    assert.ok(!('error' in resumed));
    const { calls } = await runInto(store, made, { earlier: resumed.earlier });
    return { calls, summary: await store.summarize(PROMPT, ID) };
  };
  const cut = await rescore();
  assert.deepEqual(cut.calls, []);
  assert.deepEqual([cut.summary?.end, cut.summary?.totals.passed], ['cancelled', 1]);
  const stopped = (await readFile(events, 'utf8')).replaceAll(
    '"reason":"cancelled"',
    '"reason":"done","early":true',
  );
  await writeFile(events, stopped);
  const early = await rescore();
  assert.deepEqual(early.calls, []);
  assert.deepEqual([early.summary?.end, early.summary?.early?.calls], ['done', 2]);
});
