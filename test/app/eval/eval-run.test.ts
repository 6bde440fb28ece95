import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { run } from '#core/eval/run/run.ts';
import type { RunOptions } from '#core/eval/run/run-options.ts';
import type { RunEvent } from '#core/eval/run-event.ts';
import { createRecordingModel, createReplayModel, readRecordings } from '#io/models/recordings.ts';
import { createRemoteModel } from '#io/models/remote-model.ts';
import { RunStore, readStoredRuns } from '#io/runs/run-store.ts';
import { systemClock } from '#io/system-clock.ts';
import {
  collect,
  headerOf,
  ofKind,
  planOf,
  portsOf,
  promptText,
  TARGET,
} from '../../support/evals.ts';
import {
  type ModelServer,
  modelServer,
  type Received,
  type Reply,
} from '../../support/model-server.ts';

const KEY = 'canary-1b2c3d4e5f60';
const folder = await mkdtemp(join(tmpdir(), 'promptsmith-eval-'));
const open: { close(): unknown }[] = [];
after(async () => {
  await Promise.all(open.map((o) => o.close()));
  await rm(folder, { recursive: true });
});

const ROWS = Array.from({ length: 6 }, (_, i) => `- { input: w${i}, $case: { name: c${i} } }`).join(
  '\n',
);
const TEXT = promptText(
  '- { uses: promptsmith/contains, with: "{{input}}" }\n- { name: smooth, uses: github/fluency }',
  ROWS,
);

/** Which case a request is for, and whether a judge asks. */
function about({ body }: Received): { id: string; judge: boolean } {
  const text = body.messages.map((m) => m.content).join('\n');
  return { id: `c${/w(\d)/.exec(text)?.[1]}`, judge: body.messages[0]?.role === 'system' };
}

async function serve(reply: (request: Received, n: number) => Reply): Promise<ModelServer> {
  const server = await modelServer(reply);
  open.push(server);
  return server;
}

function start(
  server: ModelServer,
  options: Partial<RunOptions> = {},
  text = TEXT,
  timeoutMs = 2000,
) {
  const target = { ...TARGET, origin: server.origin };
  const made = planOf(text, { models: [target] });
  const model = createRemoteModel(() => ({ baseUrl: server.baseUrl, key: KEY, timeoutMs }));
  open.push(model);
  const ports = portsOf(model, {
    clock: systemClock,
    resolveModel: (id) => ({ ...target, id, model: id }),
  });
  const retry = { attempts: 3, delayMs: 2, maxDelayMs: 10, maxWaitMs: 5000 };
  const signal = new AbortController().signal;
  return { made, ports, header: headerOf(made), options: { signal, retry, ...options } };
}

test('a run survives everything a server can do; the key is seen by its origin alone', async () => {
  const seen = new Map<string, number>();
  const server = await serve((request) => {
    const { id, judge } = about(request);
    if (judge) return { kind: 'stream', text: 'Reads well.\nScore: 5' };
    const n = (seen.get(id) ?? 0) + 1;
    seen.set(id, n);
    if (id === 'c1' && n === 1)
      return { kind: 'status', status: 429, headers: { 'retry-after': '0' } };
    if (id === 'c2' && n === 1) return { kind: 'cut', text: 'w2 is all you', hard: true };
    if (id === 'c3')
      return { kind: 'status', status: 500, body: { error: { message: `no ${KEY}` } } };
    if (id === 'c4')
      return { kind: 'status', status: 401, body: { error: { message: `bad key ${KEY}` } } };
    return { kind: 'stream', text: `This is ${id.replace('c', 'w')}` };
  });
  const store = new RunStore(join(folder, '.promptsmith'));
  const { made, ports, header, options } = start(server);
  const path = join(folder, 'recordings', 'triage.jsonl');
  const recording = { ...ports, model: createRecordingModel(ports.model, path, systemClock) };
  const events = await collect(
    readStoredRuns(
      run(made, header, recording, { ...options, concurrency: 1 }),
      await store.create(header),
    ),
  );

  const outcome = Object.fromEntries(
    ofKind(events, 'score').map((e) => [e.job.slice(0, 2), e.outcome]),
  );
  assert.deepEqual(outcome, {
    c0: 'passed',
    c1: 'passed',
    c2: 'passed',
    c3: 'errored',
    c4: 'errored',
    c5: 'passed',
  });
  const answers = Object.fromEntries(ofKind(events, 'answer').map((e) => [e.job.slice(0, 2), e]));
  const attempts = Object.entries(answers).map(([id, event]) => `${id} ×${event.attempts}`);
  assert.deepEqual(attempts.sort(), ['c0 ×1', 'c1 ×2', 'c2 ×2', 'c3 ×3', 'c4 ×1', 'c5 ×1']);
  assert.equal(answers.c2?.answer?.text, 'This is w2');
  assert.equal(answers.c0?.cost, 17 / 1e6);
  assert.equal(answers.c3?.error?.kind, 'unavailable');
  assert.equal(answers.c4?.error?.kind, 'auth');

  assert.ok(server.requests.every((r) => r.headers.authorization === `Bearer ${KEY}`));
  assert.ok(!JSON.stringify(events).includes(KEY));
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((f) =>
    f.isFile(),
  );
  assert.ok(files.length >= 4);
  for (const file of files) {
    assert.ok(!(await readFile(join(file.parentPath, file.name), 'utf8')).includes(KEY), file.name);
  }

  // The same run from its recording: no server, the same verdicts, but for the two that never answered.
  await server.close();
  const replayed = { ...ports, model: createReplayModel(await readRecordings(path)) };
  const again = await collect(run(made, headerOf(made, { replay: true }), replayed, options));
  const verdicts = Object.fromEntries(
    ofKind(again, 'score').map((e) => [e.job.slice(0, 2), e.outcome]),
  );
  assert.deepEqual(verdicts, outcome);
  assert.ok(ofKind(again, 'answer').every((e) => e.cached));
});

test('Retry-After is waited for', async () => {
  const at: number[] = [];
  const server = await serve((_, n) => {
    at.push(performance.now());
    return n === 1
      ? { kind: 'status', status: 429, headers: { 'retry-after-ms': '120' } }
      : { kind: 'stream', text: 'w0' };
  });
  const text = promptText('- { uses: promptsmith/contains, with: w0 }', '- { input: w0 }');
  const { made, ports, header, options } = start(server, {}, text);
  const events = await collect(run(made, header, ports, options));
  assert.equal(ofKind(events, 'score')[0]?.outcome, 'passed');
  assert.ok((at[1] ?? 0) - (at[0] ?? 0) >= 119);
});

test('a call that hangs times out and is that case’s error', async () => {
  const server = await serve((request) =>
    about(request).id === 'c1' ? { kind: 'nothing' } : { kind: 'stream', text: 'w0 Score: 5' },
  );
  const text = promptText('- uses: promptsmith/finish-reason', ROWS);
  const { made, ports, header, options } = start(
    server,
    { retry: { attempts: 1, delayMs: 1, maxDelayMs: 1, maxWaitMs: 1 } },
    text,
    1000,
  );
  const events = await collect(run(made, header, ports, options));
  const outcomes = ofKind(events, 'score').map((e) => e.outcome);
  assert.deepEqual(outcomes.filter((o) => o === 'errored').length, 1);
  assert.equal(outcomes.length, 6);
});

test('cancelling ends a run within a second, closes its calls and keeps what is finished', async () => {
  const server = await serve((request) => {
    const { id } = about(request);
    return id === 'c0' || id === 'c1'
      ? { kind: 'stream', text: id }
      : { kind: 'silence', text: 'I think' };
  });
  const stop = new AbortController();
  const text = promptText('- uses: promptsmith/finish-reason', ROWS);
  const { made, ports, header, options } = start(server, { signal: stop.signal }, text, 60_000);
  const events: RunEvent[] = [];
  let stopped = 0;
  for await (const event of run(made, header, ports, options)) {
    events.push(event);
    if (ofKind(events, 'score').length === 2 && stopped === 0) {
      stopped = performance.now();
      stop.abort();
    }
  }
  assert.ok(performance.now() - stopped < 1000);
  assert.equal(ofKind(events, 'score').filter((e) => e.outcome === 'passed').length, 2);
  assert.deepEqual(
    ofKind(events, 'end').map((e) => e.reason),
    ['cancelled'],
  );
});
