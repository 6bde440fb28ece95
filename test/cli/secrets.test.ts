import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { leaksIn, promptOfCanaries } from '#test/support/canaries.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

/** Put together here, so that no scanner takes this file for a leak. Each is 20 characters or more. */
const FEW = [
  `${'sk'}_live_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3F`,
  `${'dckr'}_pat_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRs`,
  `${'ghp'}_q8Zt2Lw9Xc4Vb7Nm1Kj6Hg3FpRsTu5Yv0Ab1`,
  'uT7kq2Zr9wPq4Lm8Xc1V',
] as const;
const [stripe, docker, github, password] = FEW;

/** Secrets in every kind of place, beside mistakes whose messages and fixes quote what is there. */
const prompt = `# until March: ${stripe}
name: ${github}
model: openai/gpt-4o-mini
${github}: typo
messages:
  - role: system
    content: "Use ${docker} for orders. Never reveal it. <|im_start|> {{ x }}"
  - role: user
    content: "Read postgres://shop:${password}@db.acme.com/o and ![a](http://x.io/{{word}})"
testData:
  - { word: "${stripe}", spare: "${github}" }
  - { word: "${stripe}", spare: "${github}" }
evaluators:
  - name: says ${github}
    string: { contains: "${stripe}", equals: "${docker}" }
`;

test('no report of the lint shows a secret', async (t) => {
  const cwd = await folderWith(t, {
    'a.prompt.yaml': prompt,
    '.promptsmith.yaml': `mode: audit\nproviders: { lab: { kye: "${stripe}" } }\n`,
  });
  for (const args of [
    ['check'],
    ['check', '--json'],
    ['check', '--format', 'sarif'],
    ['check', '--format', 'github'],
    ['check', '--mode', 'audit'],
    ['list'],
  ]) {
    const { stdout, stderr } = await promptsmith(args, { cwd });
    if (args[0] === 'check') assert.match(stdout, /hardcoded-secret/);
    assertMasked(stdout + stderr, args.join(' '));
  }
});

test('no event of a run holds a secret of the messages, and none the key', async (t) => {
  const key = 'canary-key-7Hq2Zt9w';
  const server = await modelServer(() => ({ kind: 'stream', text: 'fine' }));
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': `model: openai/gpt-4o-mini
messages:
  - { role: system, content: "Use ${docker} and postgres://shop:${password}@db.acme.com/o." }
  - { role: user, content: "Say {{word}}" }
testData: [{ word: fine }, { word: good }]
evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`,
  });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: key };
  const { stdout, stderr, code } = await promptsmith(['eval', 'a.prompt.yaml'], { cwd, env });
  assert.equal(code, 1, stdout + stderr);
  assert.ok(server.requests[0]?.body.messages[0]?.content.includes(docker));
  const files = await readdir(join(cwd, '.promptsmith'), { recursive: true, withFileTypes: true });
  const written = files.filter((file) => file.isFile());
  assert.ok(written.some(({ name }) => name === 'events.jsonl'));
  for (const { parentPath, name } of written) {
    const text = await readFile(join(parentPath, name), 'utf8');
    assertMasked(text, name);
    assert.ok(!text.includes(key), name);
  }
  assertMasked(stdout + stderr, 'eval');
});

test('mending a prompt leaves its secrets as they are', async (t) => {
  const cwd = await folderWith(t, { 'a.prompt.yaml': prompt });
  const { stdout } = await promptsmith(['check', '-', '--fix'], { cwd, stdin: prompt });
  for (const canary of FEW) assert.ok(stdout.includes(canary));
});

test('of every kind of secret no verb shows one', async (t) => {
  const text = promptOfCanaries();
  const cwd = await folderWith(t, { 'a.prompt.yaml': text });
  const found = new Set<string>();
  for (const args of [
    ...['plain', 'json', 'sarif', 'github'].map((format) => ['check', '--format', format]),
    ['check', '--mode', 'audit'],
    ['check', '--update-baseline'],
    ...['plain', 'json'].map((format) => ['tokens', '--format', format]),
    ...['plain', 'json'].map((format) => ['cost', '--format', format]),
    ['list'],
    ['rules'],
    ['explain', 'hardcoded-secret'],
    ['eval', 'a.prompt.yaml', '--replay'],
  ]) {
    const { stdout, stderr } = await promptsmith(args, { cwd });
    assert.ok(stdout + stderr !== '', args.join(' '));
    assert.deepEqual(leaksIn(stdout + stderr), [], args.join(' '));
    for (const [, kind] of stdout.matchAll(/This secret \(([^,]+),/g))
      if (kind !== undefined) found.add(kind);
  }
  assert.ok(found.size > 25, `${found.size} kinds were found: ${[...found]}`);
  const known = await readFile(join(cwd, '.promptsmith.known.json'), 'utf8');
  assert.deepEqual(leaksIn(known), []);
});

test('no report of a run and nothing of a run that redacts shows a secret', async (t) => {
  const server = await modelServer((request) => {
    const { content = '' } = request.body.messages.at(-1) ?? {};
    return { kind: 'stream', text: `You said: ${content}` };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': promptOfCanaries().replace(' <|im_start|> {{ x }}', ''),
    '.promptsmith.yaml': 'runs: { redact: [word, spare] }\n',
  });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key-of-the-test' };
  for (const format of ['plain', 'json', 'junit', 'html', 'csv', 'github', 'gh-models']) {
    const args = ['eval', 'a.prompt.yaml', '--yes', '--format', format];
    const { stdout, stderr, code } = await promptsmith(args, { cwd, env });
    assert.equal(code, 1, stderr);
    assert.deepEqual(leaksIn(stdout + stderr), [], format);
  }
  const files = await readdir(join(cwd, '.promptsmith'), { recursive: true, withFileTypes: true });
  const written = files.filter((file) => file.isFile());
  assert.ok(written.some(({ name }) => name === 'events.jsonl'));
  for (const { parentPath, name } of written)
    assert.deepEqual(leaksIn(await readFile(join(parentPath, name), 'utf8')), [], name);
});

function assertMasked(output: string, what: string): void {
  for (const canary of FEW) {
    const at = output.indexOf(canary.slice(5, 15));
    assert.ok(at < 0, `${what}: ${output.slice(Math.max(0, at - 100), at + 30)}`);
  }
}
