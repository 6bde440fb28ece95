import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: 11 }, (_, i) => `  - { word: w${i}x, $case: { name: c${i}, group: g${i >> 1} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

test('shards have all cases between them, are joined to one run, and that is reported without a call', async (t) => {
  const server = await modelServer(({ body }) => {
    const word = (body.messages.at(-1)?.content ?? '').split(' ')[1] ?? '';
    return { kind: 'stream', text: word === 'w3x' ? 'mm' : word };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const run = (...args: string[]) => promptsmith(args, { cwd, env });
  const evaluate = (...args: string[]) => run('eval', 'a.prompt.yaml', '--no-cache', ...args);
  for (const wrong of ['0/3', '4/3', '1', 'a/b']) {
    const { code, stderr } = await evaluate('--shard', wrong);
    assert.equal(code, 2);
    assert.match(stderr, /pass 2\/5 for the second of five parts/);
  }
  const ids: string[] = [];
  const cases: string[] = [];
  let [worked, expected] = [0, 0];
  for (const shard of ['3/3', '1/3', '2/3']) {
    const { stdout, stderr } = await evaluate('--shard', shard, '--json');
    const report = JSON.parse(stdout);
    assert.equal(report.run.shard, shard, stderr);
    ids.push(report.run.id);
    worked += report.durationMs;
    expected += report.run.expectedCost;
    cases.push(...report.cases.map(({ id }: { id: string }) => id));
  }
  assert.equal(server.requests.length, 11);
  assert.deepEqual(cases.slice(0, 2), ['c4', 'c5'], 'a group stays together');
  assert.deepEqual([...new Set(cases)].length, 11);

  const alone = await evaluate(`--resume=${ids[0]}`);
  assert.match(alone.stderr, /is shard 3\/3: pass --shard 3\/3/);
  const missing = await run('runs', 'merge', ids[0] ?? '', ids[1] ?? '');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /shard 2\/3 is missing/);
  const twice = await run('runs', 'merge', ...ids, ids[0] ?? '');
  assert.match(twice.stderr, /shard 3\/3 occurs 2 times/);

  const merged = await run('runs', 'merge', ...ids, '--json');
  assert.equal(merged.code, 0, merged.stderr);
  const { id } = JSON.parse(merged.stdout);
  const listed = JSON.parse((await run('runs', 'list', '--json')).stdout);
  const [newest, ...others] = listed.runs;
  assert.deepEqual([newest.id, newest.cases, newest.fitness.whole], [id, 11, true]);
  assert.deepEqual([...newest.merged].sort(), [...ids].sort());
  assert.deepEqual(
    others.map((one: { shard: string; fitness: { whole: boolean } }) => [
      one.shard,
      one.fitness.whole,
    ]),
    [
      ['2/3', false],
      ['1/3', false],
      ['3/3', false],
    ],
  );
  assert.equal(listed.month.runs, 1, 'its shards are part of it');
  assert.equal(listed.month.cost, newest.cost);
  const shown = JSON.parse((await run('runs', 'show', id, '--json')).stdout);
  assert.equal(shown.durationMs, worked, 'the pauses between the shards are no work');
  assert.ok(Math.abs(shown.run.expectedCost - expected) < 1e-12);
  const plain = (await run('runs', 'list')).stdout.split('\n');
  assert.match(plain[1] ?? '', new RegExp(`^${id} .* 11 of 11 .* whole, merged$`));
  assert.match(plain[2] ?? '', / shard 2\/3$/);
  const { code, stdout, stderr } = await evaluate(`--resume=${id}`, '--json');
  assert.equal(code, 1, stderr);
  const whole = JSON.parse(stdout);
  assert.equal(whole.run.shard, undefined);
  assert.equal(whole.end, 'done');
  assert.deepEqual([whole.totals.passed, whole.totals.failed, whole.run.cases], [10, 1, 11]);
  assert.deepEqual(
    whole.cases.map((one: { id: string }) => one.id),
    Array.from({ length: 11 }, (_, i) => `c${i}`),
  );
  assert.equal(server.requests.length, 11);

  const other = await evaluate('--json');
  const strange = await run('runs', 'merge', ids[0] ?? '', JSON.parse(other.stdout).run.id);
  assert.match(strange.stderr, /is not a shard: it was run without --shard/);
  const more = await evaluate('--shard', '1/3', '--repeat', '2', '--json');
  const mixed = await run('runs', 'merge', ids[0] ?? '', JSON.parse(more.stdout).run.id);
  assert.match(
    mixed.stderr,
    /not shards of one eval: their models, repeats, seed or number of shards differ/,
  );
});
