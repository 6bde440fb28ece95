import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { root } from '../../scripts/process.mjs';

const PROMPT = `model: openai/gpt-4o-mini
messages:
  - role: system
    content: You sort mail. Never print <|endoftext|>.
  - role: user
    content: "Mail: {{mail}}"
testData:
  - mail: Hi
  - mail: <|endoftext|>
  - { mail: "My card was charged twice this month.", __description: card }
`;
const WHITE_SPACE = PROMPT.replace('mail: Hi', 'mail: "a\\u0085.a."');
const verify = async (cwd: string, ...args: string[]) => {
  const { stdout, code, stderr } = await promptsmith(['tokens', '--verify', '--json', ...args], {
    cwd,
  });
  assert.equal(stderr, '');
  return { code, ...JSON.parse(stdout) };
};

test('counts of the examples are those of js-tiktoken', async () => {
  const { code, files, summary, reference } = await verify(root, 'examples');
  assert.equal(code, 0);
  assert.equal(reference.package, 'js-tiktoken');
  assert.ok(files.length > 3);
  assert.ok(summary.equal > 200, JSON.stringify(summary));
  assert.equal(summary.unexplained + summary.explained + summary.skipped, 0);
});

test('special tokens are ordinary text; every message, case, figure and call is compared', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { code, files, summary } = await verify(cwd);
  assert.equal(code, 0);
  // Two static texts, two messages with three cases, min, median and max of each, three calls.
  assert.deepEqual(summary, {
    files: 1,
    equal: 2 + 6 + 6 + 3,
    explained: 0,
    unexplained: 0,
    skipped: 0,
  });
  assert.equal(files[0].encoding, 'o200k_base');
  const { stdout } = await promptsmith(['tokens', '--verify'], { cwd });
  assert.match(
    stdout,
    /✓ 17 counts equal\n1 prompt, js-tiktoken \d\S+: 17 counts equal, 0 different\n$/,
  );
});

test('U+0085 and U+FEFF differ for a known reason, which is tried', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': WHITE_SPACE,
    'b.prompt.yaml': PROMPT.replace('mail: Hi', 'mail: ".\\n\\uFEFF.a"'),
  });
  const { code, files, summary } = await verify(cwd);
  assert.equal(code, 0);
  assert.equal(summary.unexplained, 0);
  assert.deepEqual(
    files.map(({ differences }: { differences: unknown[] }) => differences.length),
    [1, 1],
  );
  const [first] = files[0].differences;
  assert.match(first.case, /^[0-9a-f]{12}$/);
  assert.deepEqual(
    [first.kind, first.message, first.role, first.reason],
    ['message', 2, 'user', 'white-space'],
  );
  assert.notEqual(first.tokens, first.reference);
  const { stdout } = await promptsmith(['tokens', '--verify'], { cwd });
  assert.match(stdout, /\* message 2 \(user\), case ".+": \d+ tokens, js-tiktoken counts \d+\n/);
  assert.match(stdout, /U\+0085 and U\+FEFF: js-tiktoken differs from tiktoken/);
});

test('a long run without spaces is skipped, and the output says so', async (t) => {
  const run = 'abcdefghij'.repeat(1000);
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT.replace('mail: Hi', `mail: ${run}`) });
  const { code, files, summary } = await verify(cwd);
  assert.equal(code, 0);
  assert.equal(summary.skipped, 1);
  assert.deepEqual([files[0].skipped[0].kind, files[0].skipped[0].message], ['message', 2]);
  const { stdout } = await promptsmith(['tokens', '--verify'], { cwd });
  assert.match(
    stdout,
    /– message 2 \(user\), case ".+": skipped\nSkipped: js-tiktoken takes minutes/,
  );
});

test('without js-tiktoken it says how to install it', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  await cp(join(root, 'dist'), join(cwd, 'dist'), { recursive: true });
  const run = promisify(execFile);
  const call = run(process.execPath, [join(cwd, 'dist/cli.cjs'), 'tokens', '--verify'], { cwd });
  await assert.rejects(call, (error: { code?: number; stderr?: string; stdout?: string }) => {
    assert.equal(error.code, 2);
    assert.equal(error.stdout, '');
    assert.match(error.stderr ?? '', /^promptsmith: .*npm install --save-dev js-tiktoken\n$/);
    return true;
  });
  await cp(join(root, 'node_modules/js-tiktoken'), join(cwd, 'node_modules/js-tiktoken'), {
    recursive: true,
  });
  await cp(join(root, 'node_modules/base64-js'), join(cwd, 'node_modules/base64-js'), {
    recursive: true,
  });
  await writeFile(join(cwd, 'b.prompt.yaml'), PROMPT);
  const { stdout } = await run(
    process.execPath,
    [join(cwd, 'dist/cli.cjs'), 'tokens', '--verify'],
    { cwd },
  );
  assert.match(stdout, /2 prompts, js-tiktoken .*: 34 counts equal, 0 different/);
});

test('--verify and --raw exclude each other', async () => {
  const { code, stderr } = await promptsmith(['tokens', '--verify', '--raw']);
  assert.equal(code, 2);
  assert.match(stderr, /--verify counts prompts: it cannot be combined with --raw/);
});
