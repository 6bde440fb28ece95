import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { stream } from '#test/support/interfaces/messages.ts';
import { modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: anthropic/claude-haiku-4-5
modelParameters: { maxTokens: 50, temperature: 0 }
messages: [{ role: user, content: "Say {{word}}" }]
testData: [{ word: one }, { word: two }, { word: three }]
evaluators: [{ name: says it, string: { contains: word } }]
`;

/** A million tokens read from the cache, a million written to it, and a million of each other kind. */
const USAGE = {
  input_tokens: 1e6,
  cache_read_input_tokens: 1e6,
  cache_creation_input_tokens: 1e6,
  output_tokens: 1e6,
};

async function scene(t: TestContext, usage = {}) {
  const server = await modelServer(({ path, body: { model } }) =>
    path === '/v1/messages'
      ? { kind: 'raw', text: stream({ blocks: [{ text: 'A word.' }], usage, model }) }
      : { kind: 'stream', text: 'A word.' },
  );
  t.after(() => server.close());
  const settings = (api: string) =>
    `providers: { anthropic: { baseUrl: "${server.baseUrl}", ${api}concurrency: 1 } }\n`;
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': settings(''),
  });
  const use = (api: string) => writeFile(join(cwd, '.promptsmith.yaml'), settings(`api: ${api}, `));
  const run = async (...args: string[]) => {
    const { stdout, stderr } = await promptsmith(['eval', 'a.prompt.yaml', '--json', ...args], {
      cwd,
    });
    return JSON.parse(stdout || assert.fail(stderr));
  };
  const asked = () => server.requests.splice(0).map(({ path }) => path);
  return { use, run, asked };
}

test('what Claude read from the cache and wrote to it has its price, and a cost limit holds', async (t) => {
  const { run, asked } = await scene(t, USAGE);
  const { end, totals, callCost } = await run('--max-cost', '8');
  // 1 + 0.1 + 1.25 + 5 dollars.
  assert.deepEqual([end, callCost.max], ['budget', 7.35]);
  assert.deepEqual(totals.tokens, { input: 6e6, output: 2e6, unknown: 0 });
  assert.deepEqual(asked(), ['/v1/messages', '/v1/messages']);
});

test('recordings are the answers whatever the interface; the cache is of one', async (t) => {
  const { use, run, asked } = await scene(t);
  const [chat, own] = ['/v1/chat/completions', '/v1/messages'];
  await use('chat');
  await run('--record');
  assert.deepEqual(asked(), [chat, chat, chat]);
  await use('messages');
  assert.equal((await run('--replay')).totals.passed, 3);
  assert.deepEqual(asked(), []);
  assert.equal((await run()).totals.passed, 3);
  assert.deepEqual(asked(), [own, own, own]);
  assert.equal((await run()).answers.cache, 3);
  assert.deepEqual(asked(), []);
});
