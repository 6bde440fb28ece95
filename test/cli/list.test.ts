import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `model: openai/gpt-4o-mini
metadata: { owner: ann }
messages: [{ role: user, content: "Say {{word}} {{tone}}" }]
variables: [{ name: tone, default: kindly }]
testData: [{ word: one, __description: first }, { word: two }]
`;

test('one line per prompt, with model, cases, tokens and cost', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'sub/b.prompt.yaml': 'template: x\n',
  });
  const { code, stdout } = await promptsmith(['list'], { cwd });
  assert.equal(code, 0);
  const lines = stdout.trimEnd().split('\n');
  assert.match(lines[0] ?? '', /^prompt +model +cases +tokens +per call +notes$/);
  assert.match(lines[1] ?? '', /^a\.prompt\.yaml +openai\/gpt-4o-mini +2 +≈ \d+ +≈ \$0\.\d+/);
  assert.equal(lines.at(-1), '1 prompt');
  const { prompts } = JSON.parse((await promptsmith(['list', '--json'], { cwd })).stdout);
  assert.deepEqual(
    [prompts[0].path, prompts[0].cases, prompts[0].exact],
    ['a.prompt.yaml', 2, true],
  );
});

test('no matching prompts', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { code, stdout } = await promptsmith(['list', '--model', 'gpt-9*'], { cwd });
  assert.equal(code, 0);
  assert.equal(stdout, 'no matching prompts\n');
});

test('wrong arguments are refused', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, 'b.prompt.yaml': PROMPT });
  for (const [args, message] of [
    [['nowhere'], /nowhere: no such file or folder/],
    [['--retierd'], /Unknown option --retierd: did you mean --retired\?/],
    [['--model'], /--model requires a value/],
  ] as const) {
    const { code, stdout, stderr } = await promptsmith(['list', ...args], { cwd });
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
