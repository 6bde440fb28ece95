import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer, type Received, type Reply } from '#test/support/model-server.ts';

const CASES = 30;
const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}x, $case: { tags: [t] } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

function wordOf({ body }: Received): number {
  return Number(/Say w(\d+)x/.exec(body.messages.at(-1)?.content ?? '')?.[1]);
}

/** A project whose model answers a case as `reply` says, else with its word. */
async function bench(t: TestContext, reply: (n: number, model: string) => Reply | null) {
  const server = await modelServer((request) => {
    const n = wordOf(request);
    return reply(n, request.body.model) ?? { kind: 'stream', text: `I say w${n}x` };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'p/a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key', TZ: 'UTC' };
  const run = (...args: string[]) => promptsmith(args, { cwd, env });
  const evaluate = async (...args: string[]) => {
    const { code, stdout, stderr } = await run('eval', 'p/a.prompt.yaml', '--json', ...args);
    assert.notEqual(stdout, '', stderr);
    return { code, ...JSON.parse(stdout) } as { code: number; run: { id: string } };
  };
  const show = async (id: string) => {
    const plain = await run('runs', 'show', id);
    const json = await run('runs', 'show', id, '--json');
    assert.equal(plain.code, 0, plain.stderr);
    return { plain: plain.stdout, json: JSON.parse(json.stdout) };
  };
  return { cwd, run, evaluate, show };
}

test('runs show tells all of a run: its result, failures by name, fitness, cost and hashes', async (t) => {
  const {
    evaluate,
    show,
    run: cli,
  } = await bench(t, (n) => (n >= 5 ? { kind: 'stream', text: 'no' } : null));
  const { run } = await evaluate();
  const { plain, json } = await show(run.id);
  assert.match(plain, new RegExp(`^p/a\\.prompt\\.yaml {2}run ${run.id}\n`));
  assert.match(plain, /\n {2}✗ Not accepted: 5 of 30 cases pass \(16\.7 %, 95 % CI/);
  assert.match(plain, /\n {4}✗ every case has to pass: 16\.7 % of cases passed\n/);
  assert.match(plain, /Answered +30 of 30\n +Pass rate +16\.7 %, 95 % CI/);
  assert.match(
    plain,
    /\n {2}✗ row 6 · w5x {2}p\/a\.prompt\.yaml:10 .*\n {6}says it: the answer does not contain "w5x"\n {8}input {5}word: w5x\n(?:.*expected.*\n)? {8}got {7}no\n/,
  );
  assert.equal(plain.match(/✗ row/g)?.length, 20);
  assert.match(plain, /\n {2}5 more failures are not shown; --format json has all of them\n/);
  for (const fact of [
    /Began +\d+ \w{3} \d\d:\d\d\n/,
    /End +as planned\n/,
    /Last result +fit\n/,
    /Baseline +fit\n/,
    /Promotion +evidence for the version that it ran/,
    /Left out +no case\n/,
    /Answers +30 by the model\n/,
    /Calls +30\n/,
    /answered by gpt-4o-mini-served\n/,
    /Hashes +prompt [0-9a-f]{12}, test rows [0-9a-f]{12}, evaluators [0-9a-f]{12}\n/,
  ])
    assert.match(plain, fact);
  assert.doesNotMatch(plain, /✓ row 1 · w0x/);
  const verbose = await cli('runs', 'show', run.id, '--verbose');
  assert.match(verbose.stdout, /✓ row 1 · w0x/);
  assert.equal(json.failures.length, 25);
  assert.deepEqual(json.fitness, { result: { fit: true }, baseline: { fit: true }, whole: true });
  assert.equal(json.conclusion.kind, 'not-accepted');
  assert.equal(json.run.id, run.id);
});

test('an outage is shown as missing answers, once for each reason, and as fit for nothing', async (t) => {
  const {
    evaluate,
    show,
    run: cli,
  } = await bench(t, () => ({
    kind: 'status',
    status: 401,
    body: { error: { message: 'Incorrect key' } },
  }));
  const { run, code } = await evaluate();
  assert.equal(code, 2);
  const { plain, json } = await show(run.id);
  assert.match(plain, /\n {2}\? Inconclusive: 30 of 30 answers are missing/);
  assert.equal(plain.match(/! .*401.* × 30\n/g)?.length, 1, plain);
  assert.match(plain, /Baseline +not fit: 30 of 30 answers are missing/);
  assert.match(plain, /Promotion +no evidence: it is not whole/);
  assert.match(plain, /Answered +0 of 30\n +Pass rate +unknown/);
  assert.deepEqual(json.fitness.baseline.problems[0].code, 'inconclusive');
  assert.equal(json.passRate, null);
  const list = await cli('runs', 'list');
  assert.match(list.stdout, / 0 of 30 +– +openai\/gpt-4o-mini +(?:– +)?– +30 of 30 missing\n/);
});

test('runs show repeats the stored comparison', async (t) => {
  let isWorse = false;
  const { evaluate, show } = await bench(t, (n) =>
    isWorse && n < 20 ? { kind: 'stream', text: 'no' } : null,
  );
  const first = await evaluate();
  isWorse = true;
  const { run } = await evaluate('--no-cache', '--baseline', first.run.id);
  const { plain } = await show(run.id);
  assert.match(
    plain,
    new RegExp(`\n {2}✗ Regression vs ${first.run.id}: 100 % → 33\\.3 % of 30 cases`),
  );
  assert.match(plain, /\n {2}regression: 100 → 33\.3 % of 30 cases pass/);
  assert.match(plain, /\n {4}now failing: row 1 · w0x, row 2 · w1x/);
});

test('criteria of a file that has changed since judge no earlier run', async (t) => {
  const { cwd, evaluate, show } = await bench(t, (n) =>
    n === 3 ? { kind: 'stream', text: 'no' } : null,
  );
  const { run } = await evaluate();
  const file = join(cwd, 'p/a.prompt.yaml');
  await writeFile(file, PROMPT.replace('Say {{word}}', 'Please say {{word}}'));
  const changed = await show(run.id);
  assert.match(changed.plain, /\n {2}\? 29 of 30 cases pass \(96\.7 %/);
  assert.match(
    changed.plain,
    /changed in the file since: prompt; today’s criteria do not judge this run/,
  );
  assert.doesNotMatch(changed.plain, /ccepted/);
  assert.match(changed.plain, /✗ row 4 · w3x/);
  assert.equal(changed.json.conclusion, null);
  await rm(file);
  const gone = await show(run.id);
  assert.match(gone.plain, /its prompt file cannot be read, so its criteria are unknown/);
  assert.match(gone.plain, /✗ [0-9a-f]{12}.*\n {6}says it: the answer does not contain "w3x"/);
  assert.equal(gone.json.fileChanges, null);
});

test('a run that does not exist or cannot be read is an error with similar ids', async (t) => {
  const { cwd, run: cli, evaluate } = await bench(t, () => null);
  const { run } = await evaluate();
  const { id } = run;
  const newer = '20200101T000000Z-abcdef';
  await mkdir(join(cwd, '.promptsmith/runs/b', newer), { recursive: true });
  await writeFile(join(cwd, '.promptsmith/runs/b', newer, 'summary.json'), '{"v":3}');
  for (const [args, message] of [
    [[], /runs show takes one run: pass its id/],
    [[id, id], /runs show takes one run/],
    [[id.slice(0, -1)], new RegExp(`there is no run ${id.slice(0, -1)}; did you mean ${id}\\?`)],
    [[id.slice(-6)], new RegExp(`did you mean ${id}\\?`)],
    [
      [`${id.slice(0, 10)}${id[10] === '9' ? 8 : 9}${id.slice(11)}`],
      new RegExp(`did you mean ${id}\\?`),
    ],
    [['nothing'], /there is no run nothing; run `promptsmith runs list`/],
    [['x'.repeat(100_000)], /there is no run xxx/],
    [[newer], /written by a newer Promptsmith \(v 3\): update this one/],
  ] as const) {
    const { code, stderr } = await cli('runs', 'show', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
  const events = join(cwd, '.promptsmith/runs/p~a', id, 'events.jsonl');
  await writeFile(events, `${await readFile(events, 'utf8')}{"t":"ans\n{}\n`);
  const broken = await cli('runs', 'show', id);
  assert.equal(broken.code, 2);
  assert.match(broken.stderr, /events\.jsonl, line \d+ is not a run event/);
});
