import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findOpenContinuation } from '#app/eval/continue-run.ts';
import type { FinishedEval } from '#app/eval/eval-event.ts';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { type EditorEval, requestEval } from '#app/eval/request-eval.ts';
import { openInput } from '#app/prompt/open-input.ts';
import { openRunStore } from '#io/runs/run-store.ts';
import { folderWith } from '#test/support/cli.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { modelServer, type Reply } from '#test/support/model-server.ts';

const promptWith = (n: number) => `model: lab/tiny
messages: [{ role: user, content: "{{word}}" }]
testData:
${Array.from({ length: n }, (_, i) => `  - { word: w${i}w, $case: { name: c${i}${i === 0 ? ', must: true' : ''} } }`).join('\n')}
evaluators: [{ name: word, uses: promptsmith/contains, with: "{{word}}" }]
acceptance: { passRate: 0.5 }
`;

const WHOLE: EditorEval = {
  ids: null,
  baseline: { kind: 'default', runs: false },
  options: { cache: false },
  continues: null,
};

async function scene(t: TestContext, cases = 4) {
  const state = { reply: (word: string): Reply => ({ kind: 'stream', text: word }) };
  const server = await modelServer(({ body }) => state.reply(body.messages.at(-1)?.content ?? ''));
  t.after(() => server.close());
  const settings = `providers: { lab: { baseUrl: "${server.baseUrl}", key: none, concurrency: 1 } }\n`;
  const cwd = await folderWith(t, { '.promptsmith.yaml': settings });
  const prompt = { file: join(cwd, 'a.prompt.yaml'), cwd, text: promptWith(cases) };
  const world = await evalWorldIn(cwd);
  const evaluate = async (
    wanted: Partial<EditorEval>,
    text = prompt.text,
    stopAfter = Infinity,
  ) => {
    const abort = new AbortController();
    const request = await requestEval({ ...prompt, text }, { ...WHOLE, ...wanted });
    let finished: FinishedEval | undefined;
    let scores = 0;
    for await (const event of evaluatePrompt(request, world, abort.signal)) {
      if (event.kind === 'finished') finished = event;
      if (event.kind === 'run-step' && event.event.t === 'score' && ++scores === stopAfter)
        abort.abort();
    }
    assert.ok(finished);
    return finished;
  };
  const asked = () => server.requests.splice(0).length;
  return { state, prompt, evaluate, asked, store: openRunStore(cwd) };
}

test('a selection of cases is compared with nothing; all of them are the whole prompt', async (t) => {
  const { evaluate } = await scene(t);
  await evaluate({});
  const part = await evaluate({ ids: new Set(['c1', 'c2']) });
  assert.deepEqual(part.outcome.summary.run.leftOut, { only: 0, filter: 2, shard: 0, holdout: 0 });
  assert.deepEqual(part.comparisons, []);
  const all = await evaluate({ ids: new Set(['c0', 'c1', 'c2', 'c3']) });
  assert.equal(all.outcome.summary.run.leftOut?.filter, 0);
  assert.equal(all.comparisons.length, 1);
});

test('a run that was cut off goes on: the rest is asked, and the run is whole', async (t) => {
  const { evaluate, asked, store } = await scene(t);
  const cut = await evaluate({}, undefined, 2);
  assert.equal(cut.outcome.summary.end, 'cancelled');
  const before = asked();
  const { id, promptId } = cut.outcome.summary.run;
  const { outcome } = await evaluate({ continues: { run: id } });
  assert.equal(before + asked(), 4, 'no answer is asked for twice');
  assert.equal(outcome.summary.run.id, id);
  assert.equal(outcome.summary.end, 'done');
  assert.equal(outcome.conclusion.kind, 'accepted');
  assert.ok(
    outcome.acceptance.parts.some((part) => part.case === 'c0' && part.met),
    'required tests of the first part count',
  );
  assert.equal((await store.list(promptId)).length, 1);
});

test('missing answers are asked for again, and the comparison with its name stays', async (t) => {
  const { evaluate, asked, state } = await scene(t);
  await evaluate({});
  asked();
  const works = state.reply;
  state.reply = (word) =>
    word === 'w1w' ? { kind: 'status', status: 401, body: { error: {} } } : works(word);
  const spoilt = await evaluate({});
  assert.equal(spoilt.comparisons[0]?.baseName, 'the last run');
  assert.equal(spoilt.outcome.conclusion.kind, 'inconclusive');
  asked();
  state.reply = works;
  const { id } = spoilt.outcome.summary.run;
  const mended = await evaluate({ continues: { run: id } });
  assert.equal(asked(), 1, 'only what is missing is asked for');
  assert.equal(mended.outcome.conclusion.kind, 'accepted');
  assert.equal(mended.comparisons[0]?.base, spoilt.comparisons[0]?.base);
  assert.equal(mended.comparisons[0]?.baseName, 'the last run');
  await assert.rejects(evaluate({ continues: { run: id } }), /has all its answers/);
});

test('missing answers of a selection are asked for without the cases it left out', async (t) => {
  const { evaluate, asked, state } = await scene(t);
  const works = state.reply;
  state.reply = () => ({ kind: 'status', status: 401, body: { error: {} } });
  await evaluate({ ids: new Set(['c1']) });
  asked();
  state.reply = works;
  const { outcome, comparisons } = await evaluate({ continues: {} });
  assert.equal(asked(), 1);
  assert.deepEqual([outcome.summary.totals.passed, comparisons.length], [1, 0]);
});

test('a run goes on only with what it ran: the prompt, its rows and its evaluators', async (t) => {
  const { evaluate, prompt } = await scene(t);
  const { outcome } = await evaluate({}, undefined, 2);
  const open = async (text: string) =>
    findOpenContinuation(await openInput({ ...prompt, text }), outcome.summary);
  assert.equal(await open(prompt.text), 'resume');
  assert.equal(await open(`# a comment\n${prompt.text}`), 'resume');
  for (const [from, to] of [
    ['{{word}}" }]', 'Say {{word}}" }]'],
    ['w3w', 'w9w'],
    ['promptsmith/contains', 'promptsmith/equals'],
  ] as const)
    assert.equal(await open(prompt.text.replace(from, to)), null, to);
});
