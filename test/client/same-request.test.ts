import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluatePrompt } from '#app/eval/evaluate-prompt.ts';
import { requestEval } from '#app/eval/request-eval.ts';
import { ModelAccess } from '#app/models/access.ts';
import { createAccessModel } from '#app/models/access-model.ts';
import { Projects } from '#app/prompt/project.ts';
import { readPromptInput } from '#app/prompt/prompt-input.ts';
import { PromptState } from '#client/playground/prompt-state.ts';
import { StreamedAnswer } from '#client/playground/streamed-answer.ts';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import { evalWorldIn } from '#test/support/eval-world.ts';
import { portsOf } from '#test/support/evals.ts';
import { INTERFACES } from '#test/support/interfaces/interfaces.ts';
import { modelServer } from '#test/support/model-server.ts';

const PROMPT = `model: lab/MODEL
modelParameters:
  temperature: 0.5
  topP: 1
  maxTokens: 50
  seed: 7
  stop: ["\\n", END]
  reasoningEffort: minimal
  extra: { top_k: 40 }
responseFormat: json_schema
jsonSchema: '{"name": "place", "schema": {"type": "object", "properties": {"city": {"type": "string"}}}}'
messages:
  - { role: system, content: Answer briefly. }
  - { role: user, content: "Where is {{who}}?" }
  - { role: system, content: In JSON. }
testData: [{ who: "Zoé 😀" }]
evaluators: [{ name: says it, string: { contains: city } }]
`;

for (const { api, model, stream, path } of INTERFACES)
  test(`${api}: command line, an eval in the editor and the playground send the same request`, async (t) => {
    const server = await modelServer(() => ({
      kind: 'raw',
      text: stream({ text: '{"city":""}' }),
    }));
    t.after(() => server.close());
    const cwd = await folderWith(t, {
      'a.prompt.yaml': PROMPT.replace('MODEL', model),
      '.promptsmith.yaml': `providers:
  lab: { baseUrl: "${server.baseUrl}", key: none, api: ${api}, query: { v: "1" }, body: { user: me } }
`,
    });
    const file = join(cwd, 'a.prompt.yaml');
    const { stderr } = await promptsmith(['eval', 'a.prompt.yaml'], { cwd });
    assert.equal(server.requests.length, 1, stderr);

    const input = await readPromptInput(file, cwd, new Projects(cwd));
    const world = await evalWorldIn(cwd);
    const request = await requestEval(
      { file, cwd, text: input.prompt.text },
      { ids: null, baseline: { kind: 'none' }, options: { cache: false }, continues: null },
    );
    const { signal } = new AbortController();
    for await (const { kind } of evaluatePrompt(request, world, signal)) assert.ok(kind);
    assert.equal(server.requests.length, 2);

    const { root, settings } = input.project;
    const access = await ModelAccess.open({ root, settings, env: {}, consents: [] });
    const { knowledge } = world;
    assert.ok(knowledge);
    const columns = await new PromptState(input).buildColumns(knowledge, (id) => {
      const target = access.target(id);
      return 'error' in target ? assert.fail(target.error) : target;
    });
    assert.ok(!('error' in columns) && columns[0]);
    const playground = createAccessModel(access);
    t.after(() => playground.close());
    const [column] = columns;
    const asked = new StreamedAnswer(column);
    const nowhere = { text: () => {}, clear: () => {}, changed: () => {} };
    await asked.run([column.job.model], portsOf(playground), signal, nowhere);
    assert.deepEqual([asked.phase, asked.view.error], ['done', null]);

    const sent = server.requests.map(({ headers, ...rest }) =>
      JSON.stringify({ ...rest, headers: { ...headers, 'user-agent': '' } }),
    );
    assert.equal(sent.length, 3);
    assert.deepEqual(sent, [sent[0], sent[0], sent[0]]);
    assert.equal(server.requests[0]?.path, `${path}?v=1`);
    assert.equal(server.requests[0]?.body.user, 'me');
    assert.equal(server.requests[0]?.body.top_k, 40);
  });
