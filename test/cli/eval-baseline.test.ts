import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type CliResult, folderWith, promptsmith } from '#test/support/cli.ts';
import { commitAll } from '#test/support/git.ts';
import { type ModelServer, modelServer } from '#test/support/model-server.ts';

/** Twenty cases; the word of the prompt decides how many the model gets right. */
const prompt = (verb: string, evaluator = 'uses: promptsmith/contains, with: "{{word}}"') =>
  `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "${verb} {{word}}" }]
testData:
${Array.from({ length: 20 }, (_, i) => `  - { word: w${i}x, $case: { name: c${i} } }\n`).join('')}evaluators: [{ name: says it, ${evaluator} }]
`;

interface Bench {
  readonly cwd: string;
  readonly server: ModelServer;
  run(...args: string[]): Promise<CliResult>;
}

/** A model that says what it is told, but mumbles ten of the words when told to. */
async function bench(t: TestContext): Promise<Bench> {
  const server = await modelServer(({ body }) => {
    const [verb, word] = (body.messages.at(-1)?.content ?? '').split(' ');
    const mumbles = verb === 'Silence' || (verb === 'Mumble' && /w\dx/.test(word ?? ''));
    return { kind: 'stream', text: mumbles ? 'mm' : `${word}` };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': prompt('Say'),
    '.gitignore': '.promptsmith\n',
  });
  commitAll(cwd, 'first');
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  return {
    cwd,
    server,
    run: (...args) => promptsmith(['eval', 'a.prompt.yaml', '--no-cache', ...args], { cwd, env }),
  };
}

test('--baseline HEAD says whether the edited prompt is worse than the committed one', async (t) => {
  const { cwd, server, run } = await bench(t);
  await writeFile(join(cwd, 'a.prompt.yaml'), prompt('Mumble'));
  const missing = await run('--baseline', 'HEAD');
  assert.equal(missing.code, 2);
  assert.match(
    missing.stderr,
    /no run of a\.prompt\.yaml at HEAD is fit to compare with: --run-baseline runs it first/,
  );
  assert.equal(server.requests.length, 0);
  const both = await run('--baseline', 'HEAD', '--run-baseline', '--fail-on', 'regression');
  assert.equal(both.code, 1, both.stdout + both.stderr);
  assert.equal(server.requests.length, 40);
  assert.match(both.stdout, /minimum detectable change: \d+ points/);
  assert.match(both.stdout, /regression: 100 → 50 % of 20 cases pass, −50 points/);
  assert.match(both.stdout, /now failing: c0, c1/);
  assert.match(both.stdout, /differences between the runs: the prompt or its parameters\n/);
  // Now the committed prompt's run is stored. A run of one case is no baseline of twenty.
  const one = await run('--filter', 'c11', '--baseline', 'HEAD');
  assert.match(one.stdout, /of 1 case passes/, one.stderr);
  const again = await run('--baseline', 'HEAD', '--json', '--fail-on', 'inferior');
  assert.equal(again.code, 1, again.stderr);
  assert.equal(server.requests.length, 61);
  const { comparison, run: header } = JSON.parse(again.stdout);
  assert.equal(comparison.verdict, 'regression');
  assert.equal(comparison.nonInferior, false);
  assert.equal(comparison.toFailed.length, 10);
  const stored = JSON.parse(
    await readFile(join(cwd, '.promptsmith/runs/a', header.id, 'summary.json'), 'utf8'),
  );
  assert.deepEqual(stored.comparison, comparison);
});

test('--baseline last, a run and another file; no change is no regression', async (t) => {
  const { cwd, run } = await bench(t);
  await writeFile(join(cwd, 'b.prompt.yaml'), prompt('Mumble'));
  const none = await run('--baseline', 'last');
  assert.equal(none.code, 2);
  assert.match(none.stderr, /no earlier run is fit to compare with/);
  assert.equal((await run()).code, 0);
  const [first = ''] = await readdir(join(cwd, '.promptsmith/runs/a'));
  const last = await run('--baseline', 'last', '--fail-on', 'regression');
  assert.equal(last.code, 0, last.stderr);
  assert.match(
    last.stdout,
    new RegExp(`compared with last \\(run ${first}, .* UTC, 20 of 20 passed\\)`),
  );
  assert.match(last.stdout, /underpowered: 100 → 100 % of 20 cases pass/);
  await run('--filter', 'c11');
  const whole = await run('--baseline', 'last');
  assert.match(whole.stdout, /of 20 cases pass/, 'a run of one case is no run of the prompt');
  const alone = await run('--rescore', '--baseline', 'last');
  assert.match(
    alone.stdout,
    /compared with last \(run \d{8}T[\s\S]*of 20 cases pass/,
    alone.stderr,
  );
  const named = await run('--baseline', first, '--margin', '0.2');
  assert.match(named.stdout, /equivalent: [\s\S]*within\s+the\s+margin of 20 points/);
  const other = await run('--baseline', 'b.prompt.yaml', '--run-baseline');
  assert.equal(other.code, 0, other.stderr);
  assert.match(other.stdout, /improvement: 50 → 100 % of 20 cases pass/);
  const wrong = await run('--baseline', 'nothing');
  assert.match(wrong.stderr, /nothing is not a run, file, version, label or revision: git knows/);
  const unknown = await run('--baseline', '20200101T000000Z-000000');
  assert.match(unknown.stderr, /finished run 20200101T000000Z-000000 does not exist/);
  const policy = await run('--fail-on', 'regression');
  assert.match(policy.stderr, /--fail-on regression requires --baseline/);
});

test('--stop-early ends when the verdict stands; the strict gate says its chance before', async (t) => {
  const { cwd, server, run } = await bench(t);
  assert.equal((await run()).code, 0);
  const same = await run('--baseline', 'last', '--fail-on', 'inferior');
  assert.equal(same.code, 1);
  assert.match(
    same.stdout.replace(/\s+/g, ' '),
    /an equally good prompt passes --fail-on inferior about \d+ % of the time with these 20 cases; 80 % requires about \d+ cases, or about \d+ cases × 3/,
  );
  const before = server.requests.length;
  // Of these words the model mumbles all.
  await writeFile(join(cwd, 'a.prompt.yaml'), prompt('Silence'));
  const stopped = await run('--baseline', 'last', '--stop-early', '--fail-on', 'regression');
  assert.equal(stopped.code, 1, stopped.stdout);
  const calls = server.requests.length - before;
  assert.ok(calls < 20, `${calls} calls`);
  assert.match(stopped.stdout, new RegExp(`the verdict is certain: ${20 - calls} calls? saved, ≈`));
  assert.match(stopped.stdout, /regression: 100 → 0 %/);
  const wrong = await run('--stop-early');
  assert.match(wrong.stderr, /--stop-early requires --baseline/);
});

test('--changed runs only what differs from a revision, test files too', async (t) => {
  const { cwd, server, run } = await bench(t);
  const b = prompt('Say').replace(/testData:[\s\S]*(?=evaluators)/, 'testFiles: [b.csv]\n');
  await writeFile(join(cwd, 'b.prompt.yaml'), b);
  await writeFile(join(cwd, 'b.csv'), 'word\nw1x\nw2x\n');
  commitAll(cwd, 'second');
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const changed = async (...args: string[]) => {
    const before = server.requests.length;
    const words = ['eval', '.', '--no-cache', '--json', ...args];
    const { code, stderr } = await promptsmith(words, { cwd, env });
    return { code, stderr, calls: server.requests.length - before };
  };
  const none = await changed('--changed');
  assert.deepEqual([none.code, none.calls], [0, 0], none.stderr);
  assert.match(none.stderr, /no prompt has changed since HEAD/);
  await writeFile(join(cwd, 'a.prompt.yaml'), `# a comment is no change\n${prompt('Say')}`);
  assert.equal((await changed('--changed')).calls, 0);
  await writeFile(join(cwd, 'b.csv'), 'word\nw1x\nw2x\nw3x\n');
  assert.equal((await changed('--changed')).calls, 3);
  await writeFile(join(cwd, 'a.prompt.yaml'), prompt('Mumble'));
  assert.equal((await changed('--changed=HEAD')).calls, 23);
  await writeFile(join(cwd, 'new.prompt.yaml'), prompt('Say'));
  assert.equal((await changed('--changed=HEAD~1')).calls, 43);
  commitAll(cwd, 'third');
  await writeFile(join(cwd, 'more.prompt.yaml'), b.replace('b.csv', '"more/*.csv"'));
  await mkdir(join(cwd, 'more'));
  for (const name of ['one', 'two'])
    await writeFile(join(cwd, 'more', `${name}.csv`), `word\n${name}\n`);
  commitAll(cwd, 'fourth');
  assert.equal((await changed('--changed')).calls, 0);
  await rm(join(cwd, 'more', 'two.csv'));
  assert.equal((await changed('--changed')).calls, 1);
  const wrong = await changed('--changed=nothing');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /git knows no revision nothing/);
  assert.equal((await run('--resume')).code, 2);
});

test('answers of a baseline are judged again where the evaluators have changed', async (t) => {
  const { cwd, server, run } = await bench(t);
  assert.equal((await run()).code, 0);
  await writeFile(
    join(cwd, 'a.prompt.yaml'),
    prompt('Say', 'uses: promptsmith/contains, with: w1'),
  );
  const json = await run('--baseline', 'last', '--json', '--fail-on', 'never');
  assert.equal(json.code, 0, json.stderr);
  assert.equal(server.requests.length, 40);
  const { comparison } = JSON.parse(json.stdout);
  // Both by today's evaluator: w1x and w10x to w19x.
  assert.deepEqual(comparison.passRates, { base: 0.55, candidate: 0.55 });
  const judged = prompt(
    'Say',
    'llm: { modelId: openai/gpt-4o, prompt: "{{completion}}?", choices: [{ choice: a, score: 1 }] }',
  );
  await writeFile(join(cwd, 'a.prompt.yaml'), judged);
  const refused = await run('--baseline', 'last');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /the evaluators have changed since run .* would call a judge/);
  assert.equal(server.requests.length, 40);
});
