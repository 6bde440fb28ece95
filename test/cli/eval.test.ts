import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { folderWith, promptsmith } from '#test/support/cli.ts';
import {
  type ModelServer,
  modelServer,
  type Received,
  type Reply,
} from '#test/support/model-server.ts';

const KEY = 'canary-7f3a9c51d0e24b68';

const PROMPT = `model: openai/gpt-4o-mini
modelParameters: { maxTokens: 20 }
messages:
  - role: user
    content: "Say {{word}}"
testData:
${['one', 'two', 'three', 'four', 'five', 'six'].map((word) => `  - word: ${word}\n    $case: { name: ${word} }\n`).join('')}evaluators:
  - name: says it
    uses: promptsmith/contains
    with: "{{word}}"
`;

function wordOf({ body }: Received): string {
  return /Say (\w+)/.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
}

const echo = (request: Received): Reply => ({
  kind: 'stream',
  text: `I say ${wordOf(request)}.`,
  usage: { prompt_tokens: 10, completion_tokens: 5 },
});

async function serve(
  t: TestContext,
  reply: (request: Received, n: number) => Reply | Promise<Reply>,
): Promise<ModelServer> {
  const server = await modelServer(reply);
  t.after(() => server.close());
  return server;
}

function environment({ baseUrl }: ModelServer): Record<string, string> {
  return { OPENAI_BASE_URL: baseUrl, OPENAI_API_KEY: KEY };
}

async function filesBelow(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(files)).join('\n');
}

test('runs every case, says the cost first, and keeps the run', async (t) => {
  const server = await serve(t, (request) =>
    wordOf(request) === 'three' ? { kind: 'stream', text: 'no' } : echo(request),
  );
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { code, stdout, stderr } = await promptsmith(['eval', 'a.prompt.yaml'], {
    cwd,
    env: environment(server),
  });
  assert.equal(code, 1, stderr);
  assert.match(stdout, /6 calls, .* input tokens, ≈ \$0\.0000/);
  assert.ok(stdout.indexOf('6 calls') < stdout.indexOf('Not accepted'));
  assert.match(stdout, /✗ Not accepted: 5 of 6 cases pass \(83\.3 %, 95 % CI 43\.6–97 %\)/);
  assert.match(
    stdout,
    /✗ three {2}a\.prompt\.yaml:\d+\n +says it: .*"three"\n +input +word: three\n +expected +three\n +got +no\n/,
  );
  assert.match(stdout, /5 passed, 1 failed/);
  assert.equal(server.requests.length, 6);
  assert.equal(server.requests[0]?.headers.authorization, `Bearer ${KEY}`);
  const runs = join(cwd, '.promptsmith/runs/a');
  const [id] = await readdir(runs);
  assert.match(id ?? '', /^\d{8}T\d{6}Z-[0-9a-f]{6}$/);
  const summary = JSON.parse(await readFile(join(runs, id ?? '', 'summary.json'), 'utf8'));
  assert.equal(summary.totals.passed, 5);
  assert.equal(await readFile(join(cwd, '.promptsmith/.gitignore'), 'utf8'), '*\n');
});

test('the key appears in no output and no file, whatever the server says', async (t) => {
  const server = await serve(t, (_, n) =>
    n % 2
      ? { kind: 'stream', text: `your key is ${KEY}` }
      : { kind: 'status', status: 401, body: { error: { message: `Incorrect key ${KEY}` } } },
  );
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { stdout, stderr } = await promptsmith(
    ['eval', 'a.prompt.yaml', '--concurrency', '1', '--json', '--record'],
    { cwd, env: environment(server) },
  );
  const everything = stdout + stderr + (await filesBelow(cwd));
  assert.match(everything, /your key is \[key\]/);
  assert.ok(!everything.includes(KEY));
});

test('retries what passes: 429 with Retry-After, 500 and a cut stream', async (t) => {
  const trouble: Reply[] = [
    { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
    { kind: 'status', status: 500 },
    { kind: 'cut', text: 'I say', hard: true },
  ];
  const server = await serve(t, (request, n) => trouble[n - 1] ?? echo(request));
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const { code, stdout } = await promptsmith(
    ['eval', 'a.prompt.yaml', '--concurrency', '1', '--json'],
    { cwd, env: environment(server) },
  );
  assert.equal(code, 0, stdout);
  const report = JSON.parse(stdout);
  assert.equal(report.totals.passed, 6);
  assert.equal(server.requests.length, 9);
  assert.deepEqual(
    report.cases.map((c: { id: string }) => c.id),
    ['one', 'two', 'three', 'four', 'five', 'six'],
  );
  assert.ok(report.totals.cost > 0);
});

test('a never-ending answer times out as an errored case', async (t) => {
  const server = await serve(t, (request) =>
    wordOf(request) === 'two' ? { kind: 'silence', text: 'I' } : echo(request),
  );
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': 'providers: { openai: { timeoutMs: 300 } }\n',
  });
  const { code, stdout } = await promptsmith(
    ['eval', 'a.prompt.yaml', '--json', '--filter', 'two', '--filter', 'one'],
    { cwd, env: environment(server) },
  );
  assert.equal(code, 2, 'half of the answers are missing: the run says nothing');
  const report = JSON.parse(stdout);
  assert.deepEqual(
    report.cases.map((c: { outcome: string }) => c.outcome),
    ['passed', 'errored'],
  );
});

test('Ctrl-C keeps finished cases, and --resume pays for none of them twice', async (t) => {
  let hold = true;
  const server = await serve(t, (request) =>
    hold && !['one', 'two'].includes(wordOf(request)) ? { kind: 'nothing' } : echo(request),
  );
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const env = environment(server);
  const running = promptsmith(['eval', 'a.prompt.yaml', '--concurrency', '3'], {
    cwd,
    env,
    // The forecast is printed before the first call; two cases end, the third hangs.
    onOutput: (text, kill) => {
      if (text.includes('6 calls')) void untilSeen(server, 4).then(() => kill('SIGINT'));
    },
  });
  const { code, stdout, stderr } = await running;
  assert.equal(code, 130, stdout + stderr);
  assert.match(stdout, /Inconclusive: the run was canceled after 2 of 6 answers/);
  assert.match(stdout, /2 passed/);
  assert.match(stdout, /promptsmith eval a\.prompt\.yaml --resume/);
  hold = false;
  const before = server.requests.length;
  const resumed = await promptsmith(['eval', 'a.prompt.yaml', '--resume', '--json'], { cwd, env });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal(JSON.parse(resumed.stdout).totals.passed, 6);
  const again = server.requests.slice(before).map(wordOf);
  assert.deepEqual(again.sort(), ['five', 'four', 'six', 'three']);
  assert.equal((await promptsmith(['eval', 'a.prompt.yaml', '--resume'], { cwd, env })).code, 2);
});

/** Resolves when the server has seen so many requests. */
async function untilSeen(server: ModelServer, count: number): Promise<void> {
  while (server.requests.length < count) await new Promise((next) => setImmediate(next));
}

test('passed cases are counted; --verbose lists them, --quiet prints the result alone', async (t) => {
  const server = await serve(t, (request) =>
    wordOf(request) === 'three' ? { kind: 'stream', text: 'no' } : echo(request),
  );
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const env = environment(server);
  const evaluate = (...args: string[]) =>
    promptsmith(['eval', 'a.prompt.yaml', ...args], { cwd, env });
  const plain = await evaluate();
  assert.doesNotMatch(plain.stdout, /✓ (one|two)/);
  const all = await evaluate('--verbose');
  assert.match(all.stdout, /✗ three[\s\S]*✓ one\n {2}✓ two\n[\s\S]*5 passed, 1 failed\n/);
  // The answer is also where the output ends.
  assert.match(all.stdout, /\n {2}✗ Not accepted: .*\n$/);
  const quiet = await evaluate('--quiet');
  assert.equal(quiet.code, 1);
  assert.equal(
    quiet.stdout,
    '✗ a.prompt.yaml: Not accepted: 5 of 6 cases pass (83.3 %, 95 % CI 43.6–97 %)\n',
  );
  const both = await evaluate('--quiet', '--verbose');
  assert.equal(both.code, 2);
  assert.match(both.stderr, /--quiet and --verbose exclude each other/);
});

test('what was asked before comes from the cache, until it is erased or --no-cache asks again', async (t) => {
  const server = await serve(t, echo);
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  const env = environment(server);
  const evaluate = (...args: string[]) =>
    promptsmith(['eval', 'a.prompt.yaml', ...args], { cwd, env });
  const asked = async (...args: string[]) => {
    const before = server.requests.length;
    const { code, stdout, stderr } = await evaluate(...args);
    assert.equal(code, 0, stderr);
    return { count: server.requests.length - before, stdout };
  };
  assert.equal((await asked('--filter', 'o')).count, 3);
  const rest = await asked();
  assert.equal(rest.count, 3);
  assert.match(rest.stdout, / {2}3 calls, .*\n {2}3 answers from the cache/);
  const all = await asked('--baseline', 'last', '--json');
  assert.equal(all.count, 0);
  const { totals, comparison } = JSON.parse(all.stdout);
  assert.deepEqual([totals.cost, totals.cachedShare], [0, 1]);
  assert.equal(comparison.cachedShare, 1);
  assert.match((await asked('--baseline', 'last')).stdout, /100 % of this run’s answers came from/);
  assert.equal((await asked('--no-cache')).count, 6);
  assert.equal((await asked('--record')).count, 6);
  assert.equal((await promptsmith(['runs', 'erase', '--all'], { cwd })).code, 0);
  assert.ok(!(await readdir(join(cwd, '.promptsmith'))).includes('cache'));
  assert.equal((await asked()).count, 6);
});

test('runs.redact keeps values out of everything stored, and stored answers can be judged again', async (t) => {
  const server = await serve(t, echo);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT.replaceAll('word: ', 'word: private'),
    '.promptsmith.yaml': 'runs: { redact: [word] }\n',
  });
  const env = environment(server);
  const first = await promptsmith(['eval', 'a.prompt.yaml', '--json'], { cwd, env });
  assert.equal(first.code, 0, first.stdout);
  const kept = await filesBelow(join(cwd, '.promptsmith'));
  assert.match(kept, /I say \[redacted: word\]\./);
  assert.doesNotMatch(kept, /private/);
  const again = await promptsmith(['eval', 'a.prompt.yaml', '--rescore', '--json'], { cwd, env });
  assert.equal(JSON.parse(again.stdout).totals.passed, 6, again.stderr);
  assert.equal(server.requests.length, 6);
  assert.doesNotMatch(await filesBelow(join(cwd, '.promptsmith')), /private/);
  const record = await promptsmith(['eval', 'a.prompt.yaml', '--record'], { cwd, env });
  assert.equal(record.code, 2);
  assert.match(record.stderr, /`runs.redact` excludes the values of word from being stored/);
});

test('records answers and replays them without a call; a miss is an error of its case', async (t) => {
  const server = await serve(t, echo);
  const cwd = await folderWith(t, { 'a.prompt.yaml': PROMPT });
  assert.equal(
    (await promptsmith(['eval', 'a.prompt.yaml', '--record'], { cwd, env: environment(server) }))
      .code,
    0,
  );
  const replay = await promptsmith(['eval', 'a.prompt.yaml', '--replay', '--json'], {
    cwd,
    env: environment(server),
  });
  assert.equal(replay.code, 0, replay.stdout);
  const report = JSON.parse(replay.stdout);
  assert.equal(report.run.replay, true);
  assert.equal(report.totals.cost, 0);
  assert.equal(server.requests.length, 6);
  const more = await promptsmith(['eval', 'a.prompt.yaml', '--replay', '--repeat', '2', '--json'], {
    cwd,
    env: environment(server),
  });
  assert.equal(JSON.parse(more.stdout).totals.cost, 0);
  assert.equal(server.requests.length, 6);
});

test('refuses before the first call what cannot run', async (t) => {
  const server = await serve(t, echo);
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    'none.prompt.yaml': PROMPT.replace('model: openai/gpt-4o-mini\n', ''),
    'other.prompt.yaml': PROMPT.replace('openai/gpt-4o-mini', 'acme/chat'),
    'empty.prompt.yaml': 'model: openai/gpt-4o-mini\nmessages:\n  - { role: user, content: Hi }\n',
    'huge.prompt.yaml': `${PROMPT}# ${'x'.repeat(1024 * 1024)}\n`,
  });
  const refused: readonly (readonly [readonly string[], Record<string, string>, RegExp])[] = [
    [
      ['a.prompt.yaml'],
      {},
      /^promptsmith: a\.prompt\.yaml: no key for https:\/\/api\.openai\.com: set OPENAI_API_KEY\.\n$/,
    ],
    [
      ['none.prompt.yaml'],
      environment(server),
      /no model: add `model:` to the file, or pass --model/,
    ],
    [['other.prompt.yaml'], { OPENAI_API_KEY: KEY }, /no provider serves acme\/chat/],
    [['a.prompt.yaml', '--max-cost', '0.0000001'], environment(server), /over the limit/],
    [
      ['other.prompt.yaml', '--max-cost', '1'],
      environment(server),
      /the cost limit needs a price for acme\/chat.*--allow-unknown-cost/,
    ],
    [['empty.prompt.yaml'], environment(server), /no golden cases/],
    [
      ['a.prompt.yaml', 'huge.prompt.yaml'],
      environment(server),
      /huge\.prompt\.yaml: .*larger than 1 MiB.*Move test data to a file under `testFiles`/,
    ],
    [['a.prompt.yaml', '--replay'], {}, /there are no recorded answers/],
    [['a.prompt.yaml', '--replay', '--record'], {}, /exclude each other/],
  ];
  for (const [args, env, message] of refused) {
    const { code, stderr } = await promptsmith(['eval', ...args], { cwd, env });
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
  }
  assert.equal(server.requests.length, 0);
  assert.ok(!(await readdir(cwd)).includes('.promptsmith'));
});

test('a key goes to another origin that the project names only after consent', async (t) => {
  const server = await serve(t, echo);
  // Reaches this machine, too, but is no loopback address.
  const elsewhere = server.origin.replace('127.0.0.1', '0.0.0.0');
  const cwd = await folderWith(t, {
    'a.prompt.yaml': PROMPT,
    '.promptsmith.yaml': `providers: { openai: { baseUrl: "${elsewhere}/v1", key: OPENAI_API_KEY } }\n`,
  });
  const env = { OPENAI_API_KEY: KEY, XDG_CONFIG_HOME: join(cwd, 'config') };
  const refused = await promptsmith(['eval', 'a.prompt.yaml'], { cwd, env });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /OPENAI_API_KEY would go to http:\/\/0\.0\.0\.0.*promptsmith trust/);
  assert.equal(server.requests.length, 0);
  const once = await promptsmith(['eval', 'a.prompt.yaml', '--trust', elsewhere], { cwd, env });
  assert.equal(once.code, 0, once.stderr);
  const inCi = { ...env, PROMPTSMITH_TRUST: `https://other.example, ${elsewhere}` };
  assert.equal((await promptsmith(['eval', 'a.prompt.yaml'], { cwd, env: inCi })).code, 0);
  assert.equal((await promptsmith(['trust', elsewhere], { cwd, env })).code, 0);
  assert.equal((await promptsmith(['eval', 'a.prompt.yaml'], { cwd, env })).code, 0);
  assert.ok(!(await readFile(join(cwd, 'config/promptsmith/trust.json'), 'utf8')).includes(KEY));
});
