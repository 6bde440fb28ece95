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
