import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { type ModelServer, modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: lab/tiny
modelParameters: { maxTokens: 10 }
messages: [{ role: user, content: "Say {{word}}" }]
testData: [{ word: one }, { word: two }, { word: three }]
evaluators: [{ name: any, uses: promptsmith/contains, with: s }]
`;

/** A model that bills one dollar a call: 10 tokens in and 10 out, at 50,000 dollars a million. */
async function serve(t: TestContext): Promise<ModelServer> {
  const usage = { prompt_tokens: 10, completion_tokens: 10 };
  const server = await modelServer(() => ({ kind: 'stream', text: 'yes', usage }));
  t.after(() => server.close());
  return server;
}

function settings({ baseUrl }: ModelServer, more = ''): string {
  return `providers: { lab: { baseUrl: "${baseUrl}", key: none } }
models: { lab/tiny: { input: 50000, output: 50000 } }
${more}`;
}

const EVAL = ['eval', 'a.prompt.yaml', '--no-cache', '--yes'];

test('a budget of the month in .promptsmith.yaml refuses the run that would exceed it', async (t) => {
  const server = await serve(t);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': settings(server, 'budget: { month: 5 }\n'),
  });
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const first = await promptsmith(EVAL, { cwd, env });
  assert.equal(first.code, 0, first.stderr);
  assert.equal(server.requests.length, 3);

  const second = await promptsmith(EVAL, { cwd, env });
  assert.equal(second.code, 2);
  assert.match(
    second.stderr,
    /^promptsmith: a\.prompt\.yaml: the run would cost ≈ \$\S+, and \$3\.00 of this month's \$5\.00 budget is spent \(budget\.month in \.promptsmith\.yaml\)\.\n$/,
  );
  assert.equal(server.requests.length, 3, 'nothing is called');

  const cost = await promptsmith(['cost'], { cwd, env });
  assert.match(
    cost.stdout,
    /^this month: \$3\.00 of \$5\.00 spent in this project \(budget\.month in \.promptsmith\.yaml\)$/m,
  );
  const { budgets } = JSON.parse((await promptsmith(['cost', '--json'], { cwd, env })).stdout);
  const source = 'budget.month in .promptsmith.yaml';
  assert.deepEqual(budgets, [{ source, scope: 'project', limit: 5, spent: 3 }]);

  const [name = ''] = await readdir(join(cwd, 'state/promptsmith'));
  const lines = (await readFile(join(cwd, 'state/promptsmith', name), 'utf8')).trim();
  assert.doesNotMatch(lines, /Say|one|prompt\.yaml|promptsmith-test/);
});

test('several prompts that exceed the month together are refused before the first call', async (t) => {
  const server = await serve(t);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'b.prompt.yaml': PROMPT,
    '.promptsmith.yaml': settings(server, 'budget: { month: 5 }\n'),
  });
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const both = await promptsmith([...EVAL, 'b.prompt.yaml'], { cwd, env });
  assert.equal(both.code, 2);
  assert.match(both.stderr, /^promptsmith: 2 prompts: the run would cost ≈ \$\S+, and \$0 of/);
  assert.equal(server.requests.length, 0);
});

test('of two runs that begin at once only one is made where there is money for one', async (t) => {
  const server = await serve(t);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': settings(server, 'budget: { month: 5 }\n'),
  });
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  await Promise.all([promptsmith(EVAL, { cwd, env }), promptsmith(EVAL, { cwd, env })]);
  assert.ok(server.requests.length <= 3, `${server.requests.length} calls`);
});

test('the user’s budget counts all projects, and answers that are cached cost nothing', async (t) => {
  const server = await serve(t);
  const files = { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': settings(server) };
  const [one, two] = [await folderWith(t, files), await folderWith(t, files)];
  const own = await folderWith(t, { 'promptsmith/settings.yaml': 'budget: { month: 5 }\n' });
  const env = { XDG_STATE_HOME: join(own, 'state'), XDG_CONFIG_HOME: own };
  const cached = ['eval', 'a.prompt.yaml', '--yes'];
  assert.equal((await promptsmith(cached, { cwd: one, env })).code, 0);
  const other = await promptsmith(cached, { cwd: two, env });
  assert.equal(other.code, 2);
  assert.match(other.stderr, /\(budget\.month in \S+settings\.yaml\)/);
  assert.equal((await promptsmith(cached, { cwd: one, env })).code, 0);
  assert.equal(server.requests.length, 3);
});

test('a run that costs more than expected ends before it exceeds the month', async (t) => {
  // Twice what a call was expected to cost, within what it may cost.
  const usage = { prompt_tokens: 10, completion_tokens: 60 };
  const server = await modelServer(() => ({ kind: 'stream', text: 'yes', usage }));
  t.after(() => server.close());
  const traffic = 'traffic: [{ files: "*.yaml", callsPerMonth: 1, outputTokens: 1 }]\n';
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT.replace('maxTokens: 10', 'maxTokens: 60'),
    '.promptsmith.yaml': settings(server, `budget: { month: 8 }\n${traffic}`),
  });
  const env = { XDG_STATE_HOME: join(cwd, 'state') };
  const { stdout } = await promptsmith(EVAL, { cwd, env });
  assert.match(
    stdout,
    /Inconclusive: the run stopped at its cost limit after 2 of 3 answers\n.*Raise the cost limit and continue the run/,
  );
  assert.equal(server.requests.length, 2);
});

test('where nothing can be recorded a budget refuses, and without one nothing is lost', async (t) => {
  const server = await serve(t);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'b/b.prompt.yaml': PROMPT,
    'b/.promptsmith.yaml': settings(server, 'budget: { month: 500 }\n'),
    '.promptsmith.yaml': settings(server),
    file: '',
  });
  const env = { XDG_STATE_HOME: join(cwd, 'file') };
  assert.equal((await promptsmith(EVAL, { cwd, env })).code, 0);
  const refused = await promptsmith(['eval', 'b', '--yes'], { cwd, env });
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /what this month has cost cannot be recorded, and budget\.month in \.promptsmith\.yaml needs it: ENOTDIR/,
  );
  assert.equal(server.requests.length, 3);
});

test('the refusal names what sets the limit of a run', async (t) => {
  const server = await serve(t);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': `${PROMPT}budget: { maxCostPerRun: 0.00001 }\n`,
    '.promptsmith.yaml': settings(server),
  });
  const own = await promptsmith(EVAL, { cwd });
  assert.match(own.stderr, /over the limit of \$0\.00001 set by budget\.maxCostPerRun: raise it/);
  const option = await promptsmith([...EVAL, '--max-cost', '0.000001'], { cwd });
  assert.match(option.stderr, /over the limit of \$0\.000001 set by --max-cost: raise it/);
  assert.deepEqual([own.code, option.code, server.requests.length], [2, 2, 0]);
});

test('a cost limit needs no price where every answer is cached', async (t) => {
  const server = await serve(t);
  const unpriced = settings(server).replace(/models:.*\n/, '');
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': unpriced });
  const run = ['eval', 'a.prompt.yaml', '--yes'];
  const limited = [...run, '--max-cost', '1'];
  assert.equal((await promptsmith(limited, { cwd })).code, 2);
  assert.equal((await promptsmith(run, { cwd })).code, 0);
  const { code, stderr } = await promptsmith(limited, { cwd });
  assert.equal(code, 0, stderr);
  assert.equal(server.requests.length, 3);
});
