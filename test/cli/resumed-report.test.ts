import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer, type Received, type Reply } from '#test/support/model-server.ts';

const CASES = 8;
const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}x, $case: { name: c${i}, tags: [${i < 2 ? 'few' : 'many'}] } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

const REFUSED: Reply = { kind: 'status', status: 400, body: { error: { message: 'bad word' } } };
const OUTAGE: Reply = { kind: 'status', status: 401, body: { error: { message: 'no' } } };

function wordOf({ body }: Received): string {
  return /Say (\w+)/.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
}

/** A project whose model answers as `reply` says, else with the word; all calls are counted. */
async function bench(t: TestContext, reply: (word: string, request: Received) => Reply | null) {
  const server = await modelServer((request) => {
    const word = wordOf(request);
    return reply(word, request) ?? { kind: 'stream', text: `I say ${word}` };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key', TZ: 'UTC' };
  const cli = (args: readonly string[], more: Parameters<typeof promptsmith>[1] = {}) =>
    promptsmith(args, { cwd, env, ...more });
  const evaluate = (args: readonly string[], more: Parameters<typeof promptsmith>[1] = {}) =>
    cli(['eval', 'a.prompt.yaml', '--no-cache', ...args], more);
  const runs = async () => (await readdir(join(cwd, '.promptsmith/runs/a'))).sort();
  return { cwd, server, cli, evaluate, runs };
}

test('a finished run that is resumed is reported as it was: its answers, repeats, reasons and time', async (t) => {
  const { server, cwd, evaluate, runs } = await bench(t, (word) =>
    word === 'w3x' ? { kind: 'stream', text: 'no' } : null,
  );
  const first = await evaluate(['--repeat', '3', '--json']);
  const { durationMs } = JSON.parse(first.stdout);
  const [id = ''] = await runs();
  const calls = server.requests.length;
  // As if it had been yesterday.
  const events = join(cwd, '.promptsmith/runs/a', id, 'events.jsonl');
  await writeFile(
    events,
    (await readFile(events, 'utf8')).replaceAll(/"at":"20\d\d/g, '"at":"2021'),
  );
  const again = await evaluate([`--resume=${id}`]);
  assert.equal(again.code, 1, again.stderr);
  assert.equal(server.requests.length, calls);
  assert.match(
    again.stdout,
    /openai\/gpt-4o-mini, 8 cases × 3\n {2}no calls: 24 answers of this run\n/,
  );
  assert.match(again.stdout, /✗ c3.*\n +says it: the answer does not contain "w3x"/);
  assert.match(again.stdout, /answered by gpt-4o-mini-served/i);
  const json = JSON.parse((await evaluate([`--resume=${id}`, '--json'])).stdout);
  assert.ok(json.durationMs < durationMs + 60_000, 'the years between are no work');
  assert.equal(json.totals.calls, 24);
  assert.equal(json.answers.model, 24);
  // Without a key nothing can be called, and nothing has to be.
  const keyless = await evaluate([`--resume=${id}`], { env: { TZ: 'UTC' } });
  assert.equal(keyless.code, 1, keyless.stderr);
});

test('asking again for what is missing goes on with the models and repeats of the run', async (t) => {
  let isDown = true;
  const { server, evaluate, runs, cli } = await bench(t, (word) =>
    isDown && word === 'w5x' ? OUTAGE : null,
  );
  const begun = await evaluate([
    ...['--model', 'openai/gpt-4.1-mini', '--model', 'openai/gpt-4o-mini'],
    ...['--repeat', '2', '--concurrency', '1'],
  ]);
  assert.equal(begun.code, 2, begun.stdout);
  const [id = ''] = await runs();
  isDown = false;
  const before = server.requests.length;
  const { code, stdout, stderr } = await evaluate(['--retry-errors', '--json']);
  assert.equal(code, 0, stderr);
  const report = JSON.parse(stdout);
  assert.deepEqual(report.run.models, ['openai/gpt-4.1-mini', 'openai/gpt-4o-mini']);
  assert.deepEqual(
    report.results.map((one: { jobs: object }) => one.jobs),
    [
      { asked: 16, answered: 16 },
      { asked: 16, answered: 16 },
    ],
  );
  assert.equal(server.requests.length - before, 4, 'only what was missing');
  assert.deepEqual(await runs(), [id]);
  const shown = await cli(['runs', 'show', id]);
  assert.match(shown.stdout, /Answered +16 of 16\n/);
});

test('--rescore calls nothing and makes nothing whole that was not', async (t) => {
  let held = 0;
  const { server, cwd, evaluate, runs, cli } = await bench(t, (word) => {
    if (Number(word.slice(1, -1)) < 3) return null;
    held++;
    return { kind: 'nothing' };
  });
  const begun = evaluate(['--concurrency', '1'], {
    onOutput: (_, kill) => {
      const wait = (): void => void (held > 0 ? kill('SIGKILL') : setImmediate(wait));
      wait();
    },
  });
  assert.equal((await begun).code, null);
  const [id = ''] = await runs();
  const before = server.requests.length;
  const file = join(cwd, 'a.prompt.yaml');
  await writeFile(file, PROMPT.replace('with: "{{word}}"', 'with: "no such word"'));
  const { code, stdout, stderr } = await evaluate(['--rescore', '--json']);
  assert.equal(server.requests.length, before, stderr);
  assert.equal(code, 2, stdout);
  const report = JSON.parse(stdout);
  assert.equal(report.end, 'cancelled');
  assert.deepEqual([report.totals.passed, report.totals.failed], [0, 3]);
  const list = await cli(['runs', 'list']);
  assert.match(list.stdout, new RegExp(`${id} .* 3 of 8 .* canceled\\n`));
});

test('--rescore keeps that a run stopped early', async (t) => {
  let isWorse = false;
  const rows = Array.from(
    { length: 60 },
    (_, i) => `  - { word: w${i}x, $case: { name: c${i} } }\n`,
  );
  const prompt = PROMPT.replace(
    /testData:\n[\s\S]*evaluators/,
    `testData:\n${rows.join('')}evaluators`,
  );
  const { cwd, evaluate } = await bench(t, () => (isWorse ? { kind: 'stream', text: 'no' } : null));
  await writeFile(join(cwd, 'a.prompt.yaml'), prompt);
  assert.equal((await evaluate([])).code, 0);
  isWorse = true;
  const stopped = await evaluate([
    '--baseline',
    'last',
    '--stop-early',
    '--concurrency',
    '1',
    '--json',
  ]);
  const early = JSON.parse(stopped.stdout);
  assert.ok(early.early, stopped.stderr);
  const again = JSON.parse(
    (await evaluate([`--resume=${early.run.id}`, '--rescore', '--json'])).stdout,
  );
  assert.ok(again.early);
  assert.equal(again.totals.failed, early.totals.failed);
});

test('a run that was killed and resumed adds up its work, its calls and its cost, not its pause', async (t) => {
  let held = 0;
  let isOpen = false;
  const { server, cwd, evaluate, runs } = await bench(t, (word) => {
    if (isOpen || Number(word.slice(1, -1)) < 5) return word === 'w1x' ? REFUSED : null;
    held++;
    return { kind: 'nothing' };
  });
  const first = evaluate(['--concurrency', '1'], {
    onOutput: (_, kill) => {
      const wait = (): void => void (held > 0 ? kill('SIGKILL') : setImmediate(wait));
      wait();
    },
  });
  assert.equal((await first).code, null);
  const [id = ''] = await runs();
  const events = join(cwd, '.promptsmith/runs/a', id, 'events.jsonl');
  await writeFile(
    events,
    (await readFile(events, 'utf8')).replaceAll(/"at":"20\d\d/g, '"at":"2021'),
  );
  isOpen = true;
  const { stdout, stderr } = await evaluate(['--resume']);
  assert.match(stdout, /\n {2}3 calls, .*\n {2}5 answers of this run\n/, stderr);
  assert.match(stdout, /✗ c1.*\n.*400 bad word/);
  const report = JSON.parse((await evaluate([`--resume=${id}`, '--json'])).stdout);
  assert.ok(report.durationMs < 60_000, `${report.durationMs} ms`);
  assert.equal(report.totals.calls, 8);
  assert.equal(server.requests.length, 9, 'the one that was cut off is asked again');
});
