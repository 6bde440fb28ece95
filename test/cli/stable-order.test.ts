import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createRng } from '#core/eval/statistics/rng.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { modelServer } from '#test/support/model-server.ts';

const CASES = ['delta', 'alpha', 'echo', 'bravo', 'golf', 'charlie', 'foxtrot', 'hotel'];
const MODELS = ['gpt-4o-mini', 'gpt-5.6-luna', 'gpt-4.1-mini'];
const PROMPT = `model: openai/${MODELS[0]}
candidates: [${MODELS.slice(1)
  .map((model) => `openai/${model}`)
  .join(', ')}]
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${CASES.map((word) => `  - { word: ${word}, $case: { name: ${word} } }\n`).join('')}evaluators: [{ name: says it, uses: promptsmith/contains, with: never }]
`;

/** Where each of the words stands first in a text, in their order there. */
function orderIn(text: string, words: readonly string[]): string[] {
  return words
    .filter((word) => text.includes(word))
    .sort((a, b) => text.indexOf(a) - text.indexOf(b));
}

/** A model that answers in another order with each seed: each request waits for some turns of the event loop. */
async function serve(t: TestContext, seed: number) {
  const random = createRng(seed);
  const answered: string[] = [];
  const server = await modelServer(async ({ body }) => {
    for (let left = random.below(400); left > 0; left--)
      await new Promise((next) => setImmediate(next));
    const text = `${body.model} ${body.messages[0]?.content}`;
    answered.push(text);
    return { kind: 'stream', text };
  });
  t.after(() => server.close());
  return { server, answered };
}

async function evaluate(t: TestContext, seed: number) {
  const { server, answered } = await serve(t, seed);
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': '' });
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'key' };
  const formats = ['json', 'junit', 'html', 'csv', 'github', 'markdown'];
  const reports = formats.flatMap((format) => ['--report', `${format}=r.${format}`]);
  const args = ['eval', 'a.prompt.yaml', '--candidates', '--concurrency', '8', ...reports];
  const { stdout, stderr } = await promptsmith(args, { cwd, env });
  const texts: Record<string, string> = { plain: stdout };
  for (const format of formats)
    texts[format] = await readFile(join(cwd, `r.${format}`), 'utf8').catch(() => stderr);
  const { run, cases, results } = JSON.parse(texts.json ?? '');
  texts.show = (await promptsmith(['runs', 'show', run.id], { cwd, env })).stdout;
  return { answered, texts, cases, results };
}

test('cases and models keep their order in every output, however answers arrive', async (t) => {
  const runs = [await evaluate(t, 1), await evaluate(t, 2)];
  const [first, second] = runs;
  assert.notDeepEqual(first?.answered, second?.answered, 'the answers came in another order');
  const models = MODELS.map((model) => `openai/${model}`);
  for (const { texts, cases, results } of runs) {
    assert.deepEqual(
      cases.map(({ id, model }: { id: string; model: string }) => [id, model]),
      CASES.flatMap((id) => models.map((model) => [id, model])),
    );
    assert.deepEqual(
      results.map(({ model }: { model: string }) => model),
      models,
    );
    for (const [format, text] of Object.entries(texts)) {
      assert.deepEqual(orderIn(text, CASES), CASES, `${format}\n${text}`);
      assert.deepEqual(orderIn(text, models), models, `${format}\n${text}`);
    }
  }
});
