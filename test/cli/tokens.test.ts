import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEncoding } from 'js-tiktoken';
import { folderWith, promptsmith } from '#test/support/cli.ts';

const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 100 }
metadata: { owner: ann }
messages:
  - role: system
    content: You sort mail.
  - role: user
    content: "Mail: {{mail}}"
testData:
  - mail: Hi
  - mail: My card was charged twice this month.
  - mail: Thanks
`;

test('says whether the beginning is long enough to be cached, where that is known', async (t) => {
  const prompt = (model: string, words: number) =>
    `model: ${model}\nmessages: [{ role: user, content: "${'word '.repeat(words)}{{x}}" }]\n`;
  const cwd = await folderWith(t, {
    'a.prompt.yaml': prompt('openai/gpt-4o', 100),
    'b.prompt.yaml': prompt('openai/gpt-4o', 1300),
    'c.prompt.yaml': prompt('acme/chat', 100),
  });
  const lineOf = async (file: string) =>
    (await promptsmith(['tokens', file], { cwd })).stdout.match(/.*chat format.*/)?.[0];
  assert.match(
    (await lineOf('a.prompt.yaml')) ?? '',
    /; ≈ 10\d before the first placeholder: too few to be cached, which takes 1,024$/,
  );
  assert.match(
    (await lineOf('b.prompt.yaml')) ?? '',
    /; ≈ 1,30\d before the first placeholder, of which ≈ 1,280 can be cached$/,
  );
  assert.match((await lineOf('c.prompt.yaml')) ?? '', /; ≈ 10\d before the first placeholder$/);
});

test('--raw counts texts between NULs as they are', async () => {
  const texts = ['hello world', '', ' trailing  \n', '<|endoftext|>', '\u4f60\u597d\ud83d\ude00'];
  const { code, stdout } = await promptsmith(
    ['tokens', '--raw', '--encoding', 'cl100k_base', '--null', '--format', 'json', '-'],
    { stdin: texts.join('\0') },
  );
  assert.equal(code, 0);
  const oracle = getEncoding('cl100k_base');
  const counts = texts.map((text) => oracle.encode(text, [], []).length);
  assert.deepEqual(JSON.parse(stdout), { encoding: 'cl100k_base', counts });
});

test('--raw without --null is one text, NULs included; bad UTF-8 counts as U+FFFD', async () => {
  const oracle = getEncoding('o200k_base');
  const one = await promptsmith(['tokens', '--raw', '--json', '-'], { stdin: 'a\0b' });
  assert.deepEqual(JSON.parse(one.stdout).counts, [oracle.encode('a\0b').length]);
  const bad = await promptsmith(['tokens', '--raw', '--json'], {
    stdin: Buffer.from([0x61, 0xff, 0x62]),
  });
  assert.deepEqual(JSON.parse(bad.stdout).counts, [oracle.encode('a\ufffdb').length]);
  const empty = await promptsmith(['tokens', '--raw', '--json', '-'], { stdin: '' });
  assert.deepEqual(JSON.parse(empty.stdout).counts, [0]);
});

test('counts a prompt by message, variable and case', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { stdout } = await promptsmith(['tokens', '--json'], { cwd });
  const oracle = getEncoding('o200k_base');
  const count = (text: string): number => oracle.encode(text).length;
  const mails = ['Hi', 'Thanks', 'My card was charged twice this month.'];
  const user = mails.map((mail) => count(`Mail: ${mail}`));
  const [file] = JSON.parse(stdout).files;
  assert.equal(file.exact, true);
  assert.equal(file.encoding, 'o200k_base');
  const system = count('You sort mail.');
  const overhead = 2 * 4 + 3;
  assert.deepEqual(file.tokens.messages[0], {
    role: 'system',
    static: system,
    total: { min: system, median: system, max: system },
  });
  assert.deepEqual(file.tokens.messages[1].total, { min: user[0], median: user[1], max: user[2] });
  assert.deepEqual(file.tokens.call, {
    min: system + (user[0] ?? 0) + overhead,
    median: system + (user[1] ?? 0) + overhead,
    max: system + (user[2] ?? 0) + overhead,
  });
  assert.equal(file.tokens.cacheablePrefix, 4 + system + 4 + count('Mail: '));
  assert.deepEqual(file.tokens.variables.mail, {
    min: count('Hi'),
    median: count('Thanks'),
    max: count(mails[2] ?? ''),
  });
  assert.ok(file.cost.call.median > 0 && file.cost.goldenSet > 0);
  assert.equal(file.cost.perMonth, null);
  assert.match(file.prices.date, /^\d{4}-\d\d-\d\d$/);
});

test('a month comes from traffic; an unknown price is unknown, never $0', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'b.prompt.yaml': PROMPT.replace('openai/gpt-4o-mini', 'acme/chat-9'),
    'c.prompt.yaml': PROMPT.replace('openai/gpt-4o-mini', 'own/model').replace('ann', 'bob'),
    '.promptsmith.yaml':
      'traffic: [{ files: "*.prompt.yaml", callsPerMonth: 1000, outputTokens: 10 }]\nmodels: { own/model: { input: 1000, output: 2000, encoding: o200k_base } }\n',
  });
  const { stdout } = await promptsmith(['cost', '--json'], { cwd });
  const { files, summary } = JSON.parse(stdout);
  assert.ok(files[0].cost.perMonth > 0);
  assert.equal(files[1].cost, null);
  const tokens = files[2].tokens.call.median;
  assert.ok(Math.abs(files[2].cost.perMonth - 1000 * (tokens * 1e-3 + 10 * 2e-3)) < 1e-9);
  assert.equal(summary.withoutPrice, 1);
  const plain = await promptsmith(['cost'], { cwd });
  assert.match(plain.stdout, /b\.prompt\.yaml +acme\/chat-9 .*unknown/);
  assert.doesNotMatch(plain.stdout, /\$0(?![.\d])/);
  const owners = await promptsmith(['cost', '--by', 'owner'], { cwd });
  assert.match(owners.stdout, /bob +1 +\$/);
  assert.match(owners.stdout, /ann +2 +\$.*1 not included/);
});

test('list keeps the prompts whose model is retired', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'b.prompt.yaml': PROMPT.replace('gpt-4o-mini', 'gpt-4-32k'),
  });
  const { stdout } = await promptsmith(['list', '--model', 'gpt-4-*', '--retired', '--json'], {
    cwd,
  });
  const { prompts } = JSON.parse(stdout);
  assert.deepEqual(
    prompts.map((p: { path: string }) => p.path),
    ['b.prompt.yaml'],
  );
  assert.equal(prompts[0].retirement.state, 'retired');
});
