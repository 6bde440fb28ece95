import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareOutcome } from '#app/eval/compare-outcome.ts';
import type { EvalOutcome } from '#app/eval/eval-event.ts';
import type { EvalWorld } from '#app/eval/eval-world.ts';
import { findBaseline } from '#app/eval/find-baseline.ts';
import { type PreparedEval, prepareEval } from '#app/eval/prepare-eval.ts';
import { runPrepared } from '#app/eval/run-prepared.ts';
import { ModelAccess } from '#app/models/access.ts';
import { Projects } from '#app/prompt/project.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import type { Model } from '#core/eval/model.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { folderWith } from '../../support/cli.ts';
import { modelServer } from '../../support/model-server.ts';

const PROMPT = `model: lab/tiny
messages: [{ role: system, content: Be brief. }, { role: user, content: "{{word}}" }]
testData: [{ word: one }, { word: two }]
evaluators: [{ name: any, uses: promptsmith/contains, with: "{{word}}" }]
`;

/** Stands for a model that an editor brings: it says the last message, and counts nothing. */
const OWN: Model = {
  async *complete({ model, messages }) {
    const text = messages.at(-1)?.content ?? '';
    const answer = {
      text,
      finishReason: 'other',
      usage: null,
      latencyMs: 1,
      servedBy: model,
    } as const;
    yield { kind: 'end', answer };
  },
};

async function runOne(prepared: PreparedEval, signal: AbortSignal): Promise<EvalOutcome> {
  try {
    for await (const event of runPrepared({ role: 'prompt', prepared }, { signal }))
      if (event.kind === 'run-finished') return event.outcome;
  } finally {
    prepared.close();
  }
  return assert.fail('the run did not finish');
}

test('runs of an editor’s own models have no known cost and compare only with each other', async (t) => {
  const server = await modelServer(({ body }) => ({
    kind: 'stream',
    text: body.messages.at(-1)?.content ?? '',
  }));
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': `providers: { lab: { baseUrl: "${server.baseUrl}", key: none } }\n`,
  });
  const world: EvalWorld = {
    ...(await evalWorldIn(cwd)),
    openAccess: (project) =>
      ModelAccess.open({ ...project, env: {}, consents: [], hosted: { vscode: OWN } }),
  };
  const input = await readPromptInput(join(cwd, 'a.prompt.yaml'), cwd, new Projects(cwd));
  const signal = new AbortController().signal;
  const prepare = (model: string) => prepareEval(input, { models: [model] }, world);
  const baseline = async (spec: string, model: string) => {
    const prepared = await prepare(model);
    t.after(() => prepared.close());
    const found = findBaseline(spec, prepared, { world, signal, whenMissing: 'refuse' });
    return { prepared, found };
  };
  const remote = await runOne(await prepare('lab/tiny'), signal);
  assert.ok(remote.summary.totals.tokens);

  const none = await baseline('last', 'vscode/test/echo');
  await assert.rejects(none.found, /no earlier run is fit to compare with/);
  const named = await baseline(remote.summary.run.id, 'vscode/test/echo');
  await assert.rejects(named.found, /models provided by VS Code.*only comparable with each other/);
  const before = server.requests.length;
  const own = await runOne(await prepare('vscode/test/echo'), signal);
  assert.equal(server.requests.length, before);
  assert.deepEqual(own.summary.run.origins, ['vscode:']);
  assert.equal(own.summary.totals.cost, null);
  assert.equal(own.summary.totals.passed, 2);

  // The newest run is the editor's: passed over for a provider's, and the other way round.
  const last = await (await baseline('last', 'lab/tiny')).found;
  assert.equal(last.kind === 'stored' && last.results.run.id, remote.summary.run.id);
  const { prepared, found } = await baseline('last', 'vscode/test/other');
  const kept = await found;
  assert.ok(kept.kind === 'stored');
  assert.equal(kept.results.run.id, own.summary.run.id);
  const next = await runOne(prepared, signal);
  const { comparisons } = await compareOutcome(
    next,
    { base: kept.results, margin: 0.05 },
    prepared,
  );
  assert.equal(comparisons[0]?.cases, 2);
  await assert.rejects(
    compareOutcome(next, { base: remote.results, margin: 0.05 }, prepared),
    /only comparable with each other/,
  );
});
