import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readStoredResults } from '#app/eval/stored-results.ts';
import type { Plan } from '#core/eval/plan/plan.ts';
import { RunStore, readStoredRuns } from '#io/runs/run-store.ts';
import { folderWith } from '../../support/cli.ts';
import { collect, headerOf, modelOf, planOf, portsOf, promptText } from '../../support/evals.ts';
import { end, failure, rows, start } from '../../support/runs.ts';

const ID = headerOf(planOf(promptText('- { uses: promptsmith/length, with: 9 }')));
const CONTAINS = '- { uses: promptsmith/contains, with: "{{input}}" }';
const never = modelOf(() => {
  throw new Error('nothing may be called');
});
const signal = new AbortController().signal;

/** Stores a run of four cases: two repeat their word, one says something else, one errors. */
async function storedRun(t: TestContext): Promise<RunStore> {
  const store = new RunStore(join(await folderWith(t, {}), '.promptsmith'));
  const model = modelOf((request) => {
    const { content = '' } = request.messages.at(-1) ?? {};
    if (content.includes('w3')) return failure({ kind: 'bad-answer' });
    return end(content.includes('w2') ? 'nothing' : content, { servedBy: 'm-2026' });
  });
  const made = planOf(promptText(CONTAINS, rows(4)));
  await collect(readStoredRuns(start(made, portsOf(model)), await store.create(ID)));
  return store;
}

const outcomes = async (store: RunStore, made: Plan) => {
  const results = await readStoredResults(
    ID,
    { store, plan: made, ports: portsOf(never), redaction: null },
    signal,
  );
  assert.ok(!('error' in results), JSON.stringify(results));
  return {
    served: results.servedBy,
    checks: results.run.hashes.checks,
    cases: Object.fromEntries(results.cases.map(({ id, outcome }) => [id, outcome])),
  };
};

test('a stored run under the same evaluators is as it was', async (t) => {
  const store = await storedRun(t);
  const made = planOf(promptText(CONTAINS, rows(4)));
  assert.deepEqual(await outcomes(store, made), {
    served: ['m-2026'],
    checks: made.hashes.checks,
    cases: { c0: 'passed', c1: 'passed', c2: 'failed', c3: 'errored' },
  });
});

test('under other evaluators its answers are judged again; nothing is called, nothing written', async (t) => {
  const store = await storedRun(t);
  const before = await collect(store.events(ID.promptId, ID.id));
  // A fifth case, which the stored run does not have.
  const made = planOf(promptText('- { uses: promptsmith/contains, with: nothing }', rows(5)));
  assert.deepEqual(await outcomes(store, made), {
    served: ['m-2026'],
    checks: made.hashes.checks,
    cases: { c0: 'failed', c1: 'failed', c2: 'passed', c3: 'errored' },
  });
  assert.deepEqual(await collect(store.events(ID.promptId, ID.id)), before);
});

test('what a judge would have to say is refused', async (t) => {
  const store = await storedRun(t);
  const judge =
    '- { name: j, llm: { modelId: x/judge, prompt: "{{completion}}?", choices: [{ choice: a, score: 1 }] } }';
  const made = planOf(promptText(judge, rows(4)));
  const results = await readStoredResults(
    ID,
    { store, plan: made, ports: portsOf(never), redaction: null },
    signal,
  );
  assert.ok('error' in results && /would call a judge/.test(results.error));
});
