import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `model: openai/gpt-4o-mini
metadata: { owner: ann }
messages: [{ role: user, content: "Say {{word}} {{tone}}" }]
variables: [{ name: tone, default: kindly }]
testData: [{ word: one, __description: first }, { word: two }]
`;

test('fills values of a case, of --var and of defaults, in this order', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const render = async (...args: string[]) => {
    const { code, stdout, stderr } = await promptsmith(['render', 'a.prompt.yaml', ...args], {
      cwd,
    });
    assert.equal(code, 0, stderr);
    return stdout;
  };
  assert.match(await render('--case', '2'), /^── user ─+\nSay two kindly\n$/);
  const own = await render('--case', '1', '--var', 'word=three', '--var', 'tone=a=b', '--json');
  const { messages, missing, model } = JSON.parse(own);
  assert.deepEqual(messages, [{ role: 'user', content: 'Say three a=b' }]);
  assert.deepEqual([missing, model], [[], 'openai/gpt-4o-mini']);
  assert.match(await render('--allow-missing'), /Say \{\{word\}\} kindly/);
});

test('wrong arguments are refused', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, 'b.prompt.yaml': PROMPT });
  for (const [args, message] of [
    [[], /render takes one FILE/],
    [['a.prompt.yaml', 'b.prompt.yaml'], /render takes one FILE/],
    [['a.prompt.yaml'], /no value for \{\{word\}\}: pass --var word=…/],
    [['a.prompt.yaml', '--var', 'word'], /--var must be name=value, not "word"/],
    [['a.prompt.yaml', '--case', '3'], /there is no case "3"; the file has 2/],
  ] as const) {
    const { code, stdout, stderr } = await promptsmith(['render', ...args], { cwd });
    assert.equal(code, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});
