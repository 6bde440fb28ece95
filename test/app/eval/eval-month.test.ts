import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { EvalWorld } from '#app/eval/eval-world.ts';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { ModelAccess } from '#app/models/access.ts';
import type { Model } from '#core/eval/model.ts';
import { SpendingLedger } from '#io/spending-ledger.ts';
import { folderWith } from '#test/support/cli.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { readExample } from '#test/support/examples.ts';

const PROMPT = `model: lab/tiny
modelParameters: { maxTokens: 60 }
messages: [{ role: user, content: "Say {{word}}" }]
testData: [{ word: one }, { word: two }, { word: three }, { word: four }]
evaluators: [{ name: any, uses: promptsmith/contains, with: s }]
`;
/** An answer is expected to be short, and is not. */
const SETTINGS = `models: { lab/tiny: { input: 0, output: 50000 } }
traffic: [{ files: "*.yaml", callsPerMonth: 1, outputTokens: 1 }]
budget: { month: 7 }
`;

/** Bills three dollars a call. */
const LONG: Model = {
  async *complete({ model }) {
    const usage = { input: 10, output: 60 };
    const answer = { text: 'yes', finishReason: 'stop', usage, latencyMs: 1, servedBy: model };
    yield { kind: 'end', answer: answer as never };
  },
};

test('a run that costs more than expected ends before it exceeds the month, and is recorded', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': SETTINGS });
  const ledger = new SpendingLedger(join(cwd, 'state'));
  const world: EvalWorld = {
    ...(await evalWorldIn(cwd)),
    openSpending: async () => ({ ledger, limits: [] }),
    openAccess: (project) =>
      ModelAccess.open({ ...project, env: {}, consents: [], hosted: { lab: LONG } }),
  };
  const input = await readExample(cwd, 'a.prompt.yaml');
  const evaluate = async (leaveAt?: 'run-planned', signal = new AbortController().signal) => {
    const request = { input, options: {}, baseline: { kind: 'none' } } as const;
    for await (const event of evaluatePrompt(request, world, signal)) {
      if (event.kind === leaveAt) return null;
      if (event.kind === 'finished') return event.outcome.summary;
    }
    return assert.fail('the run did not finish');
  };
  // What is planned and not run costs nothing.
  await evaluate('run-planned');
  assert.equal((await ledger.sumMonth(cwd, new Date())).project, 0);
  const summary = await evaluate();
  assert.equal(summary?.end, 'budget');
  assert.equal(summary?.totals.cost, 6);
  assert.equal((await ledger.sumMonth(cwd, new Date())).project, 6);
});

test('a call that is cancelled counts as the most that it may cost', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': `${SETTINGS.replace('month: 7', 'month: 100')}eval: { concurrency: 1 }\n`,
  });
  const ledger = new SpendingLedger(join(cwd, 'state'));
  const stop = new AbortController();
  let calls = 0;
  const hanging: Model = {
    async *complete(request, signal) {
      calls++;
      if (calls === 2) {
        stop.abort();
        await new Promise((_, reject) => reject(signal.reason));
      }
      yield* LONG.complete(request, signal);
    },
  };
  const world: EvalWorld = {
    ...(await evalWorldIn(cwd)),
    openSpending: async () => ({ ledger, limits: [] }),
    openAccess: (project) =>
      ModelAccess.open({ ...project, env: {}, consents: [], hosted: { lab: hanging } }),
  };
  const input = await readExample(cwd, 'a.prompt.yaml');
  const request = { input, options: {}, baseline: { kind: 'none' } } as const;
  for await (const event of evaluatePrompt(request, world, stop.signal))
    if (event.kind === 'finished') assert.equal(event.outcome.summary.end, 'cancelled');
  assert.equal(calls, 2);
  // Three dollars for the answer, three for the call that nobody knows about.
  assert.equal((await ledger.sumMonth(cwd, new Date())).project, 6);
});
