import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `model: openai/gpt-4o-mini
metadata: { owner: ann }
messages: [{ role: user, content: "Say {{word}} {{tone}}" }]
variables: [{ name: tone, default: kindly }]
testData: [{ word: one, __description: first }, { word: two }]
`;

test('per call, per 1,000 calls and, with traffic, per month', async (t) => {
  const settings = 'traffic: [{ files: "*.prompt.yaml", callsPerMonth: 1000, outputTokens: 10 }]\n';
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': settings });
  const { code, stdout } = await promptsmith(['cost'], { cwd });
  assert.equal(code, 0);
  const [head, row] = stdout.split('\n');
  assert.match(
    head ?? '',
    /≈ input tokens +≈ per call +≈ per 1,000 calls +≈ golden set +≈ per month$/,
  );
  assert.match(
    row ?? '',
    /^a\.prompt\.yaml +openai\/gpt-4o-mini +\d+ +\$0\.\S+ +\$0\.\S+ +\$0\.\S+ +\$0\.\S+$/,
  );
  assert.match(stdout, /≈ \$\S+ per month for the prompts with traffic figures/);
  const json = JSON.parse((await promptsmith(['cost', '--by', 'owner', '--json'], { cwd })).stdout);
  assert.deepEqual([json.by, json.groups[0].name, json.groups[0].prompts], ['owner', 'ann', 1]);
  assert.ok(Math.abs(json.groups[0].perMonth - 1000 * json.files[0].cost.call.median) < 1e-9);
});

test('wrong arguments are refused', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, 'b.prompt.yaml': PROMPT });
  for (const [args, message] of [
    [['nowhere'], /nowhere: no such file or folder/],
    [['--by', 'team'], /--by must be one of feature, owner, model, not "team"/],
    [['--by', 'owner', '--by', 'model'], /--by can be given only once/],
  ] as const) {
    const { code, stdout, stderr } = await promptsmith(['cost', ...args], { cwd });
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});

const COMPARED = `${PROMPT}candidates: [openai/gpt-4o, openai/gpt-4, openai/gpt-4o-mini]
`;

test('--model prices the prompts on another model', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const own = JSON.parse((await promptsmith(['cost', '--json'], { cwd })).stdout).files[0];
  const args = ['cost', '--model', 'openai/gpt-4o', '--json'];
  const [other] = JSON.parse((await promptsmith(args, { cwd })).stdout).files;
  assert.equal(other.model, 'openai/gpt-4o');
  assert.deepEqual(other.tokens.call, own.tokens.call);
  assert.ok(other.cost.call.median > 10 * own.cost.call.median);
});

test('--candidates compares the file’s models, its own first and each once', async (t) => {
  const settings = 'traffic: [{ files: "*.prompt.yaml", callsPerMonth: 1000, outputTokens: 10 }]\n';
  const cwd = await folderWith(t, { 'a.prompt.yaml': COMPARED, '.promptsmith.yaml': settings });
  const { code, stdout } = await promptsmith(['cost', '--candidates'], { cwd });
  assert.equal(code, 0);
  const [path, head, ...rows] = stdout.trimEnd().split('\n');
  assert.equal(path, 'a.prompt.yaml');
  assert.match(head ?? '', /^ {2}model +≈ input tokens +≈ per call +≈ per month +context window$/);
  assert.match(
    rows[0] ?? '',
    /^ {2}openai\/gpt-4o-mini \(its own\) +\d+ +\$\S+ +\$\S+ +.* of 128k$/,
  );
  assert.match(rows[1] ?? '', /^ {2}openai\/gpt-4o +\d+ +\$\S+ +\$\S+ +.* of 128k$/);
  assert.match(rows[2] ?? '', /^ {2}openai\/gpt-4 +\d+ +\$\S+ +\$\S+ +.* of 8k$/);
  assert.deepEqual(rows.slice(3), ['  per call: 10 tokens of answer, from `traffic`']);
  const { files } = JSON.parse(
    (await promptsmith(['cost', '--candidates', '--json'], { cwd })).stdout,
  );
  const single = JSON.parse(
    (await promptsmith(['cost', '-m', 'openai/gpt-4', '--json'], { cwd })).stdout,
  );
  assert.deepEqual(
    files[0].models.map((one: { model: string; isOwn: boolean }) => [one.model, one.isOwn]),
    [
      ['openai/gpt-4o-mini', true],
      ['openai/gpt-4o', false],
      ['openai/gpt-4', false],
    ],
  );
  assert.deepEqual(files[0].models[2].cost, single.files[0].cost);
});

test('--candidates takes a list, and says what is unknown, reasons or does not fit', async (t) => {
  const long = PROMPT.replace('Say', `${'word '.repeat(9000)}Say`);
  const cwd = await folderWith(t, { 'a.prompt.yaml': long, 'b.prompt.yaml': PROMPT });
  const list = '--candidates=openai/gpt-4, openai/gpt-4o-mimi,openai/o3';
  const { stdout } = await promptsmith(['cost', list, 'a.prompt.yaml'], { cwd });
  assert.match(stdout, /openai\/gpt-4 +[\d,]+ +\$\S+ +– +does not fit: 1\d\d % of 8k/);
  assert.match(stdout, /openai\/gpt-4o-mimi +[\d,]+ +unknown +– +unknown/);
  assert.match(
    stdout,
    /openai\/gpt-4o-mimi is not a known model: did you mean openai\/gpt-4o-mini\?/,
  );
  assert.match(stdout, /openai\/o3 may reason, and reasoning is billed as output/);
  const none = await promptsmith(['cost', '--candidates'], { cwd });
  assert.match(none.stdout, /no candidates: add `candidates` to the file/);
  for (const [args, message] of [
    [['--candidates', '--model', 'a'], /--candidates excludes --model and --by/],
    [['--candidates', '--by', 'owner'], /--candidates excludes --model and --by/],
    [['--candidates=,'], /--candidates requires model ids/],
  ] as const) {
    const { code, stderr } = await promptsmith(['cost', ...args], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

test('prices of the settings have no date', async (t) => {
  const settings = 'models: { openai/gpt-4o-mini: { input: 1, output: 2 } }\n';
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': settings });
  assert.match((await promptsmith(['cost'], { cwd })).stdout, /^prices: settings$/m);
});
