import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import * as messages from '#test/support/interfaces/messages.ts';
import { modelServer, type Received, type Reply } from '#test/support/model-server.ts';

/** Must show up nowhere but in the header of its own server. */
const KEY = 'canary+9c51/d0e24b687f3a';
const FORMS = [KEY, encodeURIComponent(KEY), btoa(KEY), JSON.stringify(KEY).slice(1, -1)];

const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages: [{ role: user, content: "Say {{word}}" }]
testData:
${['text', 'pieces', 'model', 'refusal', 'message', 'url', 'redirect', 'stream', 'html']
  .map((word) => `  - { word: ${word}, $case: { name: ${word} } }\n`)
  .join('')}evaluators:
  - { name: says it, string: { equals: "Bearer ${'{{word}}'}" } }
  - { name: judged, uses: promptsmith/rubric, with: { criterion: It is kind. } }
`;

/** A server that says the key back in every way a server can. */
function saysItBack({ body, headers }: Received): Reply {
  const header = String(headers.authorization);
  const key = header.slice('Bearer '.length);
  const word = /Say (\w+)/.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ model: key, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const error = { message: `The header was ${header}`, code: 'odd', param: key, type: key };
  switch (word) {
    case 'pieces':
      return { kind: 'pieces', bytes: Buffer.from(chunk({ content: header }, 'stop')), size: 3 };
    case 'model':
      return { kind: 'raw', text: chunk({ content: 'fine' }, key) };
    case 'refusal':
      return { kind: 'stream', text: '', delta: { refusal: `No, ${header}` } };
    case 'message':
      return { kind: 'status', status: 400, body: { error } };
    case 'url':
      return { kind: 'status', status: 404, body: `no /v1?key=${encodeURIComponent(key)}` };
    case 'redirect':
      return {
        kind: 'status',
        status: 307,
        headers: { location: `https://evil.example/?k=${key}` },
      };
    case 'stream':
      return {
        kind: 'raw',
        text: `${chunk({ content: 'a' })}data: ${JSON.stringify({ error })}\n\n`,
      };
    case 'html':
      return { kind: 'status', status: 403, body: `<html>${header}</html>` };
    default:
      return { kind: 'stream', text: `You sent ${header}` };
  }
}

/** The same in the Messages API; what is no answer is said as above. */
function saysItBackInMessages(received: Received): Reply {
  const key = String(received.headers['x-api-key']);
  const word = /Say (\w+)/.exec(received.body.messages.at(-1)?.content ?? '')?.[1] ?? '';
  const said = `You sent Bearer ${key}`;
  const stream = (answer: messages.Answer): Reply => ({
    kind: 'raw',
    text: messages.stream(answer),
  });
  switch (word) {
    case 'pieces':
      return {
        kind: 'pieces',
        bytes: Buffer.from(messages.stream({ blocks: [{ thinking: key }, { text: said }] })),
        size: 3,
      };
    case 'model':
      return stream({ blocks: [{ text: 'fine' }], model: key, stop: key as never });
    case 'refusal':
      return stream({ stop: 'refusal', explanation: said });
    case 'stream': {
      const [begun = ''] = messages
        .stream({ blocks: [{ text: 'a' }] })
        .split('event: content_block_stop');
      return {
        kind: 'raw',
        text: `${begun}${messages.event('error', messages.error(key, said))}`,
      };
    }
    case 'message':
    case 'url':
    case 'redirect':
    case 'html':
      return saysItBack({
        ...received,
        headers: { ...received.headers, authorization: `Bearer ${key}` },
      });
    default:
      return stream({ blocks: [{ text: said }] });
  }
}

/** The key as such, and as the variable of a header; the environment gives it both times. */
const WAYS = {
  key: {
    settings: '',
    says: saysItBack,
    header: ['authorization', `Bearer ${KEY}`],
    env: (baseUrl: string) => ({ OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: KEY }),
  },
  header: {
    says: saysItBack,
    header: ['authorization', `Bearer ${KEY}`],
    settings: `providers: { openai: { key: none, headers: { Authorization: "Bearer \${env:TEAM_KEY}" } } }\n`,
    env: (baseUrl: string) => ({ OPENAI_BASE_URL: baseUrl, TEAM_KEY: KEY }),
  },
  'key of the Messages API': {
    says: saysItBackInMessages,
    header: ['x-api-key', KEY],
    settings: 'providers: { openai: { api: messages } }\n',
    env: (baseUrl: string) => ({ OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: KEY }),
  },
};

for (const [way, { settings, env: envFor, says, header }] of Object.entries(WAYS))
  test(`a ${way} that its server says back is in no report, no run, no recording and no export`, async (t) => {
    const server = await modelServer(says);
    t.after(() => server.close());
    const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT, '.promptsmith.yaml': settings });
    const env = envFor(server.baseUrl);
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await promptsmith(args, { cwd, env });
      // Answers that are missing decide nothing.
      assert.ok(code !== null && code <= 2, `${args.join(' ')}: ${stderr}`);
      assert.doesNotMatch(stderr, /^promptsmith:/m);
      assertClean(stdout + stderr, args.join(' '));
      return stdout + stderr;
    };
    const first = await run('eval', 'a.prompt.yaml', '--record', '--concurrency', '1');
    const [name = '', value] = header;
    assert.equal(server.requests[0]?.headers[name], value);
    assert.match(first, /\[key\]/);
    for (const format of ['json', 'junit', 'html', 'csv', 'github', 'gh-models'])
      await run('eval', 'a.prompt.yaml', '--rescore', '-f', format, '-o', `report.${format}`);
    await run('eval', 'a.prompt.yaml', '--replay');
    await run('runs');
    await run('publish', 'a.prompt.yaml', '-m', 'First', '--author', 'Ada');
    await run('log');
    await run('export', '-o', 'backup.json');
    const files = await readdir(cwd, { recursive: true, withFileTypes: true });
    const written = files.filter((file) => file.isFile()).map((f) => join(f.parentPath, f.name));
    for (const name of [
      'events.jsonl',
      'a.jsonl',
      'report.html',
      'report.gh-models',
      'backup.json',
    ])
      assert.ok(
        written.some((path) => path.endsWith(name)),
        `${name} was not written`,
      );
    for (const path of written) assertClean(await readFile(path, 'utf8'), path);
  });

test('.env gives a key, which waits for consent, and no address', async (t) => {
  const server = await modelServer(() => ({ kind: 'stream', text: 'fine' }));
  t.after(() => server.close());
  // Reaches this machine, too, but is no loopback address.
  const elsewhere = server.origin.replace('127.0.0.1', '0.0.0.0');
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT.replace('openai/gpt-4o-mini', 'lab/tiny'),
    '.env': `export LAB_KEY="${KEY}" # ours\nOPENAI_BASE_URL=http://127.0.0.1:9\n`,
    '.promptsmith.yaml': `providers: { lab: { baseUrl: "${elsewhere}/v1", key: LAB_KEY } }\n`,
  });
  const args = ['eval', 'a.prompt.yaml', '--filter', 'text', '--judge', 'lab/tiny', '--json'];
  const env = { XDG_CONFIG_HOME: join(cwd, 'config') };
  const refused = await promptsmith(args, { cwd, env });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /LAB_KEY would go to http:\/\/0\.0\.0\.0:\d+, which is not its own/);
  assert.equal(server.requests.length, 0);
  const allowed = await promptsmith([...args, '--trust', elsewhere], { cwd, env });
  assert.equal(server.requests[0]?.headers.authorization, `Bearer ${KEY}`, allowed.stderr);
  assertClean(refused.stdout + refused.stderr + allowed.stdout + allowed.stderr, '.env');
  const nowhere = await promptsmith([...args, '--model', 'acme/chat'], { cwd, env });
  assert.match(nowhere.stderr, /no provider serves acme\/chat/);
});

function assertClean(text: string, what: string): void {
  for (const form of FORMS) {
    const at = text.indexOf(form);
    assert.ok(at < 0, `${what}: ${text.slice(Math.max(0, at - 150), at + 20)}`);
  }
}
