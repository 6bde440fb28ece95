import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { requestEval } from '#app/eval/request-eval.ts';
import { folderWith } from '../../support/cli.ts';
import { evalWorldIn } from '../../support/eval-world.ts';
import { modelServer } from '../../support/model-server.ts';

const PROMPT = `model: lab/one
modelParameters: { seed: 7 }
messages: [{ role: user, content: "Say {{word}}" }]
testData: [{ word: privateone }, { word: privatetwo }]
evaluators: [{ name: says it, string: { contains: "{{word}}" } }]
`;

test('what a server quotes when it refuses a parameter is stored without redacted values', async (t) => {
  const server = await modelServer(({ body }) => {
    const text = body.messages.at(-1)?.content ?? '';
    return body.seed === undefined
      ? { kind: 'stream', text }
      : {
          kind: 'status',
          status: 400,
          body: { error: { message: `Unknown parameter: seed, asked "${text}"`, param: 'seed' } },
        };
  });
  t.after(() => server.close());
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': `providers: { lab: { baseUrl: "${server.baseUrl}", key: none } }
runs: { redact: [word] }
`,
  });
  const request = await requestEval(
    { file: join(cwd, 'a.prompt.yaml'), cwd, text: PROMPT },
    { ids: null, baseline: { kind: 'none' }, options: {}, continues: null },
  );
  const world = await evalWorldIn(cwd);
  for await (const { kind } of evaluatePrompt(request, world, new AbortController().signal))
    assert.ok(kind);
  const runs = join(cwd, '.promptsmith', 'runs', 'a');
  const [id = ''] = await readdir(runs);
  const summary = await readFile(join(runs, id, 'summary.json'), 'utf8');
  const { changes } = JSON.parse(summary);
  assert.match(changes[0].reason, /asked "Say \[redacted: word\]"/);
  assert.doesNotMatch(summary, /private/);
  assert.doesNotMatch(await readFile(join(runs, id, 'events.jsonl'), 'utf8'), /private/);
});
