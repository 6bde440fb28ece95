import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { prepareBaseline } from '#app/eval/baseline.ts';
import { compareWith, resultsOf } from '#app/eval/comparison.ts';
import { EvalSession } from '#app/eval/session.ts';
import { ModelAccess } from '#app/models/access.ts';
import { Projects } from '#app/prompt/project.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptKnowledge } from '#app/prompt/prompt-knowledge.ts';
import type { Model } from '#core/eval/model.ts';
import { fileTokenizer } from '#io/tokenizer.ts';
import { folderWith } from '../../support/cli.ts';
import { modelServer } from '../../support/model-server.ts';
import { tokenTables } from '../../support/token-tables.ts';

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
  const world = {
    cwd,
    env: {},
    tool: 'promptsmith test',
    knowledge: new PromptKnowledge('2026-11-21', fileTokenizer(await tokenTables())),
    openAccess: (project: Pick<Parameters<typeof ModelAccess.open>[0], 'root' | 'settings'>) =>
      ModelAccess.open({ ...project, env: {}, consents: [], hosted: { vscode: OWN } }),
  };
  const input = await readPromptInput(join(cwd, 'a.prompt.yaml'), cwd, new Projects(cwd));
  const signal = new AbortController().signal;
  const prepare = (model: string) => EvalSession.prepare(input, { models: [model] }, world);
  const baseline = async (spec: string, model: string) => {
    const session = await prepare(model);
    t.after(() => session.close());
    const found = prepareBaseline(spec, session, 'refuse', { models: [model] }, world, signal);
    return { session, found };
  };
  const remote = await (await prepare('lab/tiny')).run(signal);
  assert.ok(remote.summary.totals.tokens);

  const none = await baseline('last', 'vscode/test/echo');
  await assert.rejects(none.found, /no earlier finished run/);
  const named = await baseline(remote.summary.run.id, 'vscode/test/echo');
  await assert.rejects(named.found, /models of VS Code itself.*compare only with each other/);
  const before = server.requests.length;
  const own = await (await prepare('vscode/test/echo')).run(signal);
  assert.equal(server.requests.length, before);
  assert.deepEqual(own.summary.run.origins, ['vscode:']);
  assert.equal(own.summary.totals.cost, null);
  assert.equal(own.summary.totals.passed, 2);

  // The newest run is the editor's: passed over for a provider's, and the other way round.
  const last = await (await baseline('last', 'lab/tiny')).found;
  assert.equal(last.kind === 'stored' && last.results.run.id, remote.summary.run.id);
  const { session, found } = await baseline('last', 'vscode/test/other');
  const kept = await found;
  assert.ok(kept.kind === 'stored');
  assert.equal(kept.results.run.id, own.summary.run.id);
  const next = await session.run(signal);
  const [compared] = await compareWith(kept.results, next, session, 0.05);
  assert.equal(compared?.cases, 2);
  await assert.rejects(
    compareWith(resultsOf(remote), next, session, 0.05),
    /compare only with each other/,
  );
});
