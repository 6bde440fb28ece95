import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { EditorEval } from '#app/eval/request-eval.ts';
import { planPrompt } from '#client/testing/plan-prompt.ts';
import { SpendingLedger } from '#io/spending-ledger.ts';
import { folderWith } from '#test/support/cli.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: lab/tiny
messages: [{ role: user, content: "{{word}}" }]
testData: [{ word: one }, { word: two }]
evaluators: [{ name: any, uses: promptsmith/contains, with: "{{word}}" }]
`;

const WANTED: EditorEval = {
  ids: null,
  baseline: { kind: 'none' },
  options: {},
  continues: null,
};

const context = async (cwd: string, month: number | null = null) => {
  const origin = { scope: 'project', origin: 'editor', source: 'a setting' } as const;
  const limits = month === null ? [] : [{ usd: month, ...origin }];
  const ledger = new SpendingLedger(join(cwd, 'state'));
  const openSpending = async () => ({ ledger, limits });
  return {
    world: { ...(await evalWorldIn(cwd)), openSpending },
    signal: new AbortController().signal,
  };
};

async function promptIn(t: TestContext, text: string, settings = '') {
  const cwd = await folderWith(t, { '.promptsmith.yaml': settings });
  return { file: join(cwd, 'a.prompt.yaml'), cwd, text };
}

async function blockerOf(...args: Parameters<typeof planPrompt>) {
  const plan = await planPrompt(...args);
  if (plan.kind === 'blocked') return plan.blocker;
  await plan.waiting.events.return();
  return assert.fail('the prompt is not blocked');
}

test('what the user can fix blocks an eval with a code and a message', async (t) => {
  const prompt = await promptIn(t, PROMPT);
  const missing = await blockerOf(
    prompt,
    { ...WANTED, options: { replay: true } },
    await context(prompt.cwd),
  );
  assert.equal(missing.code, 'other');
  assert.match(missing.message, /recordings\/a\.jsonl does not exist/);

  const lonely = { ...prompt, text: PROMPT.replace(/testData.*\n/, '') };
  const server = 'providers: { lab: { baseUrl: "http://127.0.0.1:1", key: none } }\n';
  const empty = await promptIn(t, lonely.text, server);
  const none = await blockerOf(empty, WANTED, await context(empty.cwd));
  assert.deepEqual(none, {
    code: 'no-cases',
    message: 'a.prompt.yaml: no golden cases to run: add rows under `testData` or `testFiles`.',
  });

  const keyless = { ...prompt, text: PROMPT.replace('lab/tiny', 'openai/gpt-4o-mini') };
  assert.equal((await blockerOf(keyless, WANTED, await context(prompt.cwd))).code, 'key');
});

test('a month whose budget is spent blocks an eval, and nothing is called', async (t) => {
  const server = await modelServer(() => ({ kind: 'stream', text: 'one' }));
  t.after(() => server.close());
  const settings = `providers: { lab: { baseUrl: "${server.baseUrl}", key: none } }
models: { lab/tiny: { input: 1000, output: 1000 } }
`;
  const prompt = await promptIn(t, PROMPT, settings);
  assert.equal(
    (await blockerOf(prompt, WANTED, await context(prompt.cwd, 0))).code,
    'month-setting',
  );
  const plan = await planPrompt(prompt, WANTED, await context(prompt.cwd, 1000));
  assert.equal(plan.kind, 'waiting', JSON.stringify(plan));
  if (plan.kind === 'waiting') await plan.waiting.events.return();
  assert.equal(server.requests.length, 0);
});

test('an error that is not for the user is thrown', async (t) => {
  const prompt = await promptIn(t, PROMPT);
  const broken = { ...prompt, text: null as unknown as string };
  await assert.rejects(planPrompt(broken, WANTED, await context(prompt.cwd)), TypeError);
});
