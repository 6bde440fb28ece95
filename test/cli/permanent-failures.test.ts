import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer, type Received, type Reply } from '#test/support/model-server.ts';

const CASES = 24;
const PROMPT = `model: openai/gpt-4o-mini
candidates: [openai/gpt-4.1-mini]
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${Array.from({ length: CASES }, (_, i) => `  - { word: w${i}x, $case: { name: c${i} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: "{{word}}" }]
`;

const ANSWER = ({ body }: Received): Reply => ({
  kind: 'stream',
  text: (body.messages.at(-1)?.content ?? '').slice(4),
});

const refusal = (status: number, code: string, message: string): Reply => ({
  kind: 'status',
  status,
  body: { error: { message, type: code, code } },
});

const PERMANENT = {
  'a wrong key': refusal(401, 'invalid_api_key', 'Incorrect API key provided'),
  'an unknown model': refusal(404, 'model_not_found', 'The model does not exist'),
  'a used-up quota': refusal(429, 'insufficient_quota', 'You exceeded your current quota'),
} as const;

async function bench(t: TestContext, reply: (request: Received) => Reply) {
  const server = await modelServer(reply);
  t.after(() => server.close());
  const settings = `providers:
  one: { baseUrl: "${server.baseUrl}", key: ONE_KEY }
  two: { baseUrl: "${server.baseUrl}", key: TWO_KEY }
`;
  const env = {
    ...{ OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' },
    ...{ ONE_KEY: 'key-of-one', TWO_KEY: 'key-of-two' },
  };
  const evaluate = async (
    args: readonly string[],
    files: Readonly<Record<string, string>> = { '.promptsmith.yaml': '' },
  ) => {
    const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, ...files });
    const words = ['eval', 'a.prompt.yaml', '--concurrency', '1', ...args];
    return { cwd, ...(await promptsmith(words, { cwd, env })) };
  };
  return { server, evaluate, settings };
}

for (const [name, reply] of Object.entries(PERMANENT))
  test(`${name}: two equal refusals end the calls, and are told once`, async (t) => {
    const { server, evaluate } = await bench(t, () => reply);
    const { cwd, code, stdout, stderr } = await evaluate([]);
    assert.equal(code, 2, stderr);
    assert.equal(server.requests.length, 2);
    const list = await promptsmith(['runs', '--json'], { cwd });
    const [{ id }] = JSON.parse(list.stdout).runs;
    const shown = await promptsmith(['runs', 'show', id], { cwd });
    for (const text of [stdout, shown.stdout]) {
      assert.match(text, /\? Inconclusive: 24 of 24 answers are missing/);
      assert.equal(text.match(/^ {2}! /gm)?.length, 1, text);
      assert.match(text, /^ {2}! [^!]*(?:refuses the key|does not exist|quota)[^!]* × 24\n/m);
    }
  });

test('a model that is refused does not stop the others', async (t) => {
  const { server, evaluate } = await bench(t, (request) =>
    request.body.model === 'gpt-4.1-mini' ? PERMANENT['an unknown model'] : ANSWER(request),
  );
  const { code, stdout, stderr } = await evaluate(['--candidates', '--json']);
  assert.equal(code, 0, stderr);
  assert.equal(server.requests.length, CASES + 2);
  const { results, passRate } = JSON.parse(stdout);
  assert.deepEqual(
    results.map(({ model, jobs }: { model: string; jobs: object }) => [model, jobs]),
    [
      ['openai/gpt-4o-mini', { asked: CASES, answered: CASES }],
      ['openai/gpt-4.1-mini', { asked: CASES, answered: 0 }],
    ],
  );
  assert.equal(passRate.value, 1);
});

test('a first answer shows that the model works: one refused request is not the end', async (t) => {
  const { server, evaluate } = await bench(t, (request) =>
    /w[3-6]x/.test(request.body.messages[0]?.content ?? '')
      ? PERMANENT['a used-up quota']
      : ANSWER(request),
  );
  const { stdout, stderr } = await evaluate(['--json']);
  assert.equal(server.requests.length, CASES, stderr);
  assert.deepEqual(JSON.parse(stdout).totals.jobs, { asked: CASES, answered: CASES - 4 });
});

test('of two providers on one host, the one whose key is refused does not stop the other', async (t) => {
  const { server, evaluate, settings } = await bench(t, (request) =>
    request.headers.authorization === 'Bearer key-of-one'
      ? PERMANENT['a wrong key']
      : ANSWER(request),
  );
  const { stdout, stderr } = await evaluate(
    ['--model', 'one/m', '--model', 'two/m', '--trust', server.origin, '--json'],
    { '.promptsmith.yaml': settings },
  );
  const { results } = JSON.parse(stdout || '{}');
  assert.deepEqual(
    results?.map(({ jobs }: { jobs: { answered: number } }) => jobs.answered),
    [0, CASES],
    stderr,
  );
  assert.equal(server.requests.length, CASES + 2);
});
