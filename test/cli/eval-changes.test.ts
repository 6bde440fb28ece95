import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: openai/o3
candidates: [openai/gpt-4o-mini]
modelParameters: { temperature: 0, seed: 7 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${['one', 'two', 'three'].map((word) => `  - { word: ${word}, $case: { name: ${word} } }\n`).join('')}evaluators:
  - { name: says it, uses: promptsmith/contains, with: "{{word}}" }
`;

const TEMPERATURE = 'temperature is not sent: o3 does not support it';

test('an eval says once per model what of the prompt is not sent, in every format', async (t) => {
  const server = await modelServer(({ body }) => ({
    kind: 'stream',
    text: body.messages.at(-1)?.content ?? '',
  }));
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await promptsmith(['eval', 'a.prompt.yaml', ...args], {
      cwd,
      env,
    });
    assert.equal(code, 0, `${stdout}${stderr}`);
    return stdout;
  };
  const plain = await run('--candidates');
  assert.equal(plain.split(TEMPERATURE).length, 2, plain);
  assert.ok(plain.includes(`  openai/o3: ${TEMPERATURE}\n`), plain);
  // Answers from the cache say it, too.
  for (const format of ['html', 'markdown']) {
    const text = await run('--candidates', '--format', format);
    assert.equal(text.split(TEMPERATURE).length, 2, text);
  }
  const { changes, results } = JSON.parse(await run('--format', 'json'));
  assert.deepEqual(changes, [
    { key: 'temperature', effect: 'left-out', reason: 'o3 does not support it' },
  ]);
  assert.deepEqual(results[0].changes, changes);
  assert.ok((await run()).includes(`  ${TEMPERATURE}\n`));
});

test('a comparison names what is no longer sent since the baseline', async (t) => {
  let refusesSeed = false;
  const server = await modelServer(({ body }) =>
    refusesSeed && body.seed !== undefined
      ? {
          kind: 'status',
          status: 400,
          body: { error: { message: 'Unknown parameter: seed.', param: 'seed' } },
        }
      : { kind: 'stream', text: body.messages.at(-1)?.content ?? '' },
  );
  t.after(() => server.close());
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const args = ['eval', 'a.prompt.yaml', '--no-cache'];
  const first = await promptsmith(args, { cwd, env });
  assert.equal(first.code, 0, first.stderr);
  const same = await promptsmith([...args, '--baseline', 'last'], { cwd, env });
  assert.doesNotMatch(same.stdout, /what is sent of the prompt/);
  refusesSeed = true;
  const { stdout, stderr } = await promptsmith([...args, '--baseline', 'last'], { cwd, env });
  const difference =
    /what is sent of the prompt \(without seed, without temperature, was without temperature\)/;
  assert.match(stdout.replace(/\s+/g, ' '), difference, stdout + stderr);
  assert.doesNotMatch(stdout, /nothing that you control differs/);
});
