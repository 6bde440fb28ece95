import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Json } from '#core/prompt/node.ts';
import { renderCall } from '#io/models/render-call.ts';
import { whole } from '../../support/interfaces/messages.ts';
import { responsesInterface } from '../../support/interfaces/responses.ts';
import { KEY, requestTo, serve } from '../../support/model-calls.ts';

const run = promisify(execFile);
const has = (program: string) =>
  run(program, ['--version']).then(
    () => true,
    () => false,
  );

const TEXT = 'It\'s "so" `odd` $HOME \\n\n{{x}} é 😀 !';
const jsonSchema: Json = {
  name: 'a',
  strict: true,
  schema: { type: 'object', items: [null, 1.5] },
};

test('the command makes the same call when it is pasted into a shell', async (t) => {
  if (!(await has('curl'))) return t.skip('there is no curl');
  const server = await serve({ kind: 'whole', text: 'hello' });
  const request = requestTo(server, {
    messages: [{ role: 'user', content: TEXT }],
    parameters: { temperature: 0.5, stop: ["'"] },
    responseFormat: 'json_schema',
    jsonSchema,
  });
  const text = renderCall('curl', request, { ...server, keys: ['LAB_KEY'] });
  assert.ok(!text.includes(KEY));
  const { stdout } = await run('sh', ['-c', text], { env: { ...process.env, LAB_KEY: KEY } });
  assert.equal(JSON.parse(stdout).choices[0].message.content, 'hello');
  const [received] = server.requests;
  assert.equal(received?.path, '/v1/chat/completions');
  assert.equal(received?.headers.authorization, `Bearer ${KEY}`);
  assert.deepEqual(received?.body, {
    model: 'gpt-4o-mini',
    messages: [{ role: 'user', content: TEXT }],
    temperature: 0.5,
    stop: ["'"],
    response_format: { type: 'json_schema', json_schema: jsonSchema },
  });
});

test('a call of the Messages API is its own command and its own programs', async (t) => {
  const server = await serve({ kind: 'raw', type: 'application/json', text: whole({}) });
  const request = requestTo(server, {
    model: 'claude-sonnet-4-6',
    connection: { api: 'messages', address: server.baseUrl },
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: TEXT },
    ],
    parameters: { temperature: 0.5, maxTokens: 9 },
  });
  const body = {
    model: 'claude-sonnet-4-6',
    messages: [{ role: 'user', content: TEXT }],
    max_tokens: 9,
    system: 'Be brief.',
    temperature: 0.5,
  };
  const at = { ...server, keys: ['LAB_KEY'] };
  const typescript = renderCall('typescript', request, at);
  const literal = /create\(([\s\S]*) as Anthropic/.exec(typescript)?.[1] ?? '';
  assert.deepEqual(JSON.parse(literal), body);
  assert.ok(typescript.includes(`baseURL: ${JSON.stringify(server.origin)}`));
  if (await has('curl')) {
    const text = renderCall('curl', request, at);
    await run('sh', ['-c', text], { env: { ...process.env, LAB_KEY: KEY } });
    const [received] = server.requests;
    assert.equal(received?.path, '/v1/messages');
    assert.equal(received?.headers['x-api-key'], KEY);
    assert.equal(received?.headers['anthropic-version'], '2023-06-01');
    assert.deepEqual(received?.body, body);
  }
  if (!(await has('python3'))) return t.skip('there is no python3');
  const fake = `import json
class Anthropic:
    def __init__(self, **more): self.given = more; self.messages = self
    def create(self, **more):
        print(json.dumps([self.given, more])); raise SystemExit
`;
  const program = renderCall('python', request, at).replace(
    'from anthropic import Anthropic\n',
    fake,
  );
  const { stdout } = await run('python3', ['-c', program], {
    env: { ...process.env, LAB_KEY: KEY },
  });
  const { temperature, ...rest } = body;
  assert.deepEqual(JSON.parse(stdout), [
    {
      base_url: server.origin,
      api_key: KEY,
      default_headers: { 'anthropic-version': '2023-06-01' },
    },
    { ...rest, extra_body: { temperature } },
  ]);
});

test('a call of the Responses API says the same in every form', async (t) => {
  const text = responsesInterface.whole({ text: 'hello' });
  const server = await serve({ kind: 'raw', type: 'application/json', text });
  const request = requestTo(server, {
    model: 'o3-pro',
    connection: { api: 'responses', address: server.baseUrl },
    messages: [{ role: 'user', content: TEXT }],
    parameters: { reasoningEffort: 'low', maxTokens: 90 },
  });
  const body = {
    model: 'o3-pro',
    input: [{ role: 'user', content: TEXT }],
    store: false,
    max_output_tokens: 90,
    reasoning: { effort: 'low' },
  };
  const at = { ...server, keys: ['LAB_KEY'] };
  const typescript = renderCall('typescript', request, at);
  const literal = /client\.responses\.create\(([\s\S]*)\);\nconsole/.exec(typescript)?.[1] ?? '';
  assert.deepEqual(JSON.parse(literal), body);
  assert.match(typescript, /console\.log\(response\.output_text\)/);
  if (await has('curl')) {
    const command = renderCall('curl', request, at);
    await run('sh', ['-c', command], { env: { ...process.env, LAB_KEY: KEY } });
    const [received] = server.requests;
    assert.equal(received?.path, '/v1/responses');
    assert.equal(received?.headers.authorization, `Bearer ${KEY}`);
    assert.deepEqual(received?.body, body);
  }
  const baseUrl = `${server.origin}/openai/deployments/pro`;
  assert.match(renderCall('curl', request, { ...at, baseUrl }), /\/openai\/responses'/);
  if (!(await has('python3'))) return t.skip('there is no python3');
  const fake = `import json
class OpenAI:
    def __init__(self, **more): self.responses = self
    def create(self, **more):
        print(json.dumps(more)); raise SystemExit
`;
  const python = renderCall('python', request, at);
  assert.match(python, /print\(response\.output_text\)/);
  const program = python.replace('from openai import OpenAI\n', fake);
  const { stdout } = await run('python3', ['-c', program], {
    env: { ...process.env, LAB_KEY: KEY },
  });
  assert.deepEqual(JSON.parse(stdout), body);
});

test('the programs are programs, and say the same', async (t) => {
  const server = await serve({ kind: 'nothing' });
  const request = requestTo(server, {
    messages: [{ role: 'user', content: TEXT }],
    responseFormat: 'json_schema',
    jsonSchema,
  });
  const at = { ...server, keys: [] };
  const typescript = renderCall('typescript', request, at);
  assert.match(typescript, /apiKey: 'none'/);
  assert.ok(typescript.includes(JSON.stringify(server.baseUrl)));
  const literal = /create\(([\s\S]*)\);\nconsole/.exec(typescript)?.[1] ?? '';
  assert.deepEqual(JSON.parse(literal).messages, request.messages);
  if (!(await has('python3'))) return t.skip('there is no python3');
  const python = renderCall('python', request, { ...server, keys: ['LAB_KEY'] });
  assert.match(python, /api_key=os\.environ\["LAB_KEY"\]/);
  // Without the package: a client that prints what it is given.
  const fake = `import json
class OpenAI:
    def __init__(self, **more): self.chat = self.completions = self
    def create(self, **more):
        print(json.dumps(more)); raise SystemExit
`;
  const program = `${fake}${python.replace('from openai import OpenAI\n', '')}`;
  const { stdout } = await run('python3', ['-c', program], {
    env: { ...process.env, LAB_KEY: KEY },
  });
  const given = JSON.parse(stdout);
  assert.deepEqual(given.messages, request.messages);
  assert.deepEqual(given.response_format.json_schema, jsonSchema);
});
