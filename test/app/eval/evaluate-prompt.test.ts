import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { EvalEvent, FinishedEval } from '#app/eval/eval-event.ts';
import { advanceToPlan, type EvalRequest, evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { RunStore } from '#io/runs/run-store.ts';
import { folderWith } from '#test/support/cli.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { commitAll } from '#test/support/git.ts';
import { modelServer, type Reply } from '#test/support/model-server.ts';

const FILE = 'a.prompt.yaml';

/** `n` cases whose answer must contain their word, which is their last message. */
const promptWith = (n: number, more = '') => `model: lab/tiny
messages: [{ role: system, content: Be brief. }, { role: user, content: "{{word}}" }]
${more}testData:
${Array.from({ length: n }, (_, i) => `  - { word: w${i}w, $case: { name: c${i} } }`).join('\n')}
evaluators: [{ name: word, uses: promptsmith/contains, with: "{{word}}" }]
`;

const echo = (text: string): Reply => ({ kind: 'stream', text });

/** A folder with a prompt in git, a model on loopback that answers by the last message, and the world of its evals. */
async function projectOf(
  t: TestContext,
  text: string,
  reply: (message: string, n: number) => Reply = echo,
) {
  const server = await modelServer(({ body }, n) => reply(body.messages.at(-1)?.content ?? '', n));
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    [FILE]: text,
    '.promptsmith.yaml': `providers: { lab: { baseUrl: "${server.baseUrl}", key: none } }
models: { lab/tiny: { input: 1000, output: 1000 } }
`,
  });
  const world = await evalWorldIn(cwd);
  const evaluate = async (request: Partial<EvalRequest> = {}, abort = new AbortController()) => {
    const input = await world.openPrompt(FILE);
    assert.ok(input);
    const whole: EvalRequest = { input, options: {}, baseline: { kind: 'none' }, ...request };
    return evaluatePrompt(whole, world, abort.signal);
  };
  return { cwd, server, evaluate, store: new RunStore(join(cwd, '.promptsmith')) };
}

/** The events, told apart by kind, role and the kind of the run's event. */
async function listen(events: AsyncIterable<EvalEvent>) {
  const all: EvalEvent[] = [];
  for await (const event of events) all.push(event);
  const kinds = all.flatMap((event) => {
    if (event.kind === 'run-step') return event.event.t === 'end' ? [`${event.role} ended`] : [];
    return 'role' in event ? [`${event.role} ${event.kind}`] : [event.kind];
  });
  return { all, kinds, finished: all.at(-1) as FinishedEval };
}

test('cases run, are stored and judged; the end comes last', async (t) => {
  const { evaluate, store, server } = await projectOf(t, promptWith(3));
  const { kinds, finished } = await listen(await evaluate());
  assert.deepEqual(kinds, [
    'planned',
    'prompt run-planned',
    'prompt ended',
    'prompt run-finished',
    'finished',
  ]);
  assert.equal(server.requests.length, 3);
  assert.equal(finished.outcome.summary.totals.passed, 3);
  assert.equal(finished.basePrompt, null);
  const [run] = await store.list();
  assert.equal(run?.id, finished.outcome.summary.run.id);
});

test('a prompt without golden cases ends at once; the holdout is counted', async (t) => {
  const none = await projectOf(
    t,
    promptWith(1).replace(/testData:[\s\S]*?evaluators/, 'evaluators'),
  );
  assert.deepEqual((await listen(await none.evaluate())).all, [{ kind: 'no-cases', path: FILE }]);
  assert.equal(await advanceToPlan(await none.evaluate()), null);

  const held = await projectOf(t, promptWith(2).replace('name: c0', 'name: c0, tags: [holdout]'));
  const filter = { withoutTags: ['holdout'] };
  const { all, finished } = await listen(await held.evaluate({ options: { filter } }));
  assert.deepEqual(all[0], { kind: 'held-out', path: FILE, cases: 1 });
  assert.equal(finished.outcome.cases.length, 1);
});

test('a plan calls nothing; ending there stores nothing, and neither does ending before the run', async (t) => {
  const { evaluate, server, store } = await projectOf(t, promptWith(2));
  const shown: string[] = [];
  const waiting = await advanceToPlan(await evaluate(), ({ kind }) => shown.push(kind));
  assert.deepEqual(shown, ['planned']);
  assert.equal(waiting?.planned.estimate.calls, 2);
  await waiting?.events.return();
  for await (const event of await evaluate()) if (event.kind === 'run-planned') break;
  assert.equal(server.requests.length, 0);
  assert.deepEqual(await store.list(), []);
});

test('a baseline that never ran is refused, or runs first on the same cases', async (t) => {
  const { cwd, evaluate, server } = await projectOf(t, promptWith(12));
  commitAll(cwd, 'first');
  const refuse = { kind: 'named', spec: 'HEAD', whenMissing: 'refuse' } as const;
  await assert.rejects(
    listen(await evaluate({ baseline: refuse })),
    /no run of a\.prompt\.yaml at HEAD is fit to compare with: --run-baseline runs it first/,
  );
  assert.equal(server.requests.length, 0);
  const { all, kinds, finished } = await listen(
    await evaluate({ baseline: { ...refuse, whenMissing: 'run' } }),
  );
  assert.deepEqual(kinds, [
    'planned',
    'baseline run-planned',
    'baseline ended',
    'baseline run-finished',
    'prompt run-planned',
    'prompt ended',
    'prompt run-finished',
    'finished',
  ]);
  assert.equal(server.requests.length, 24);
  const planned = all.find((event) => event.kind === 'planned');
  assert.equal(planned?.estimate.calls, 24, 'the estimate includes the run of the baseline');
  assert.equal(finished.comparisons[0]?.cases, 12);
  assert.equal(finished.basePrompt, finished.outcome.summary.run.promptId);
});

test('a cancelled run is not compared, and a cancelled baseline ends the eval', async (t) => {
  const { evaluate, server } = await projectOf(t, promptWith(8));
  await listen(await evaluate());
  const last = { kind: 'named', spec: 'last', whenMissing: 'refuse' } as const;
  const abort = new AbortController();
  const events = await evaluate({ baseline: last, options: { concurrency: 1 } }, abort);
  const seen: EvalEvent[] = [];
  for await (const event of events) {
    seen.push(event);
    if (event.kind === 'run-step' && event.event.t === 'score') abort.abort();
  }
  const finished = seen.at(-1);
  assert.ok(finished?.kind === 'finished');
  assert.equal(finished.outcome.summary.end, 'cancelled');
  assert.deepEqual(finished.comparisons, []);
  assert.ok(server.requests.length < 16);

  const other = await projectOf(t, promptWith(8));
  commitAll(other.cwd, 'first');
  const head = { kind: 'named', spec: 'HEAD', whenMissing: 'run' } as const;
  const stop = new AbortController();
  const all: EvalEvent[] = [];
  for await (const event of await other.evaluate({ baseline: head }, stop)) {
    all.push(event);
    if (event.kind === 'run-step') stop.abort();
  }
  assert.ok(all.every((event) => !('role' in event) || event.role === 'baseline'));
  const end = all.at(-1);
  assert.ok(end?.kind === 'finished');
  assert.equal(end.outcome.summary.end, 'cancelled');
  assert.equal(end.basePrompt, null);
});

test('a run stops early when it is decided, and says what it has to meet before', async (t) => {
  let isBroken = false;
  const { evaluate, server } = await projectOf(t, promptWith(40), (message) =>
    echo(isBroken ? 'nothing' : message),
  );
  await listen(await evaluate());
  isBroken = true;
  const { kinds, all, finished } = await listen(
    await evaluate({
      baseline: { kind: 'named', spec: 'last', whenMissing: 'refuse' },
      options: { concurrency: 1 },
      stopsEarly: true,
      failOn: 'inferior',
      margin: 0.1,
    }),
  );
  assert.deepEqual(kinds.slice(0, 3), ['planned', 'gate', 'prompt run-planned']);
  const gate = all.find((event) => event.kind === 'gate');
  assert.equal(gate?.question.preset, 'non-inferior');
  assert.equal(gate?.question.margin, 0.1);
  assert.equal(gate?.question.cases.length, 40);
  assert.ok((finished.outcome.summary.early?.calls ?? 0) > 0, 'calls were saved');
  assert.ok(server.requests.length < 80);
  assert.equal(finished.comparisons[0]?.verdict, 'regression');
});

test('a cost limit ends the run before it is crossed, and the rest is not compared', async (t) => {
  const { evaluate, server } = await projectOf(t, promptWith(20));
  await listen(await evaluate());
  const before = server.requests.length;
  const { finished } = await listen(
    await evaluate({
      baseline: { kind: 'named', spec: 'last', whenMissing: 'refuse' },
      // Each call costs a few cents by the prices of the project.
      options: { maxCost: 0.2, concurrency: 1 },
    }),
  );
  const { end, totals } = finished.outcome.summary;
  assert.equal(end, 'budget');
  assert.ok((totals.cost ?? 1) <= 0.2);
  assert.ok(server.requests.length - before < 20);
  assert.deepEqual(finished.comparisons, []);
});

test('recordings replay a run without a call', async (t) => {
  const { evaluate, server } = await projectOf(t, promptWith(3));
  await listen(await evaluate({ options: { record: true } }));
  const before = server.requests.length;
  const { finished, all } = await listen(await evaluate({ options: { replay: true } }));
  assert.equal(server.requests.length, before);
  assert.equal(finished.outcome.summary.totals.passed, 3);
  assert.equal(finished.outcome.summary.run.replay, true);
  const planned = all.find((event) => event.kind === 'planned');
  assert.equal(planned?.estimate.isFree, true);
});
