import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type AccessSources, ModelAccess } from '#app/models/access.ts';
import { readSettings } from '#core/settings.ts';

const root = await mkdtemp(join(tmpdir(), 'promptsmith-access-'));
after(() => rm(root, { recursive: true }));
await mkdir(join(root, 'project'));
await writeFile(
  join(root, 'project/.env'),
  'GROQ_API_KEY=from-dotenv\nOPENAI_BASE_URL=http://evil.example\n',
);

function access(
  settings: unknown = {},
  env: Record<string, string> = {},
  more: Partial<AccessSources> = {},
): Promise<ModelAccess> {
  return ModelAccess.open({
    root: join(root, 'project'),
    settings: readSettings(settings).settings,
    env: { XDG_CONFIG_HOME: root, ...env },
    ...more,
  });
}

const targets: readonly (readonly [string, string, string, string])[] = [
  ['openai/gpt-4o-mini', 'openai', 'https://api.openai.com', 'gpt-4o-mini'],
  ['gpt-4o-mini', 'openai', 'https://api.openai.com', 'gpt-4o-mini'],
  ['anthropic/claude-sonnet-4-5', 'anthropic', 'https://api.anthropic.com', 'claude-sonnet-4-5'],
  [
    'openrouter/meta-llama/llama-3.1-8b-instruct',
    'openrouter',
    'https://openrouter.ai',
    'meta-llama/llama-3.1-8b-instruct',
  ],
  ['qwen2.5-coder:7b', 'ollama', 'http://127.0.0.1:11434', 'qwen2.5-coder:7b'],
  ['mistral:7b', 'ollama', 'http://127.0.0.1:11434', 'mistral:7b'],
  ['mistral-large-latest', 'mistral', 'https://api.mistral.ai', 'mistral-large-latest'],
  ['mistralai/Mistral-Large', 'mistral', 'https://api.mistral.ai', 'Mistral-Large'],
  ['openrouter/auto', 'openrouter', 'https://openrouter.ai', 'openrouter/auto'],
  ['lab/MyDeployment', 'lab', 'http://lab.example:8000', 'MyDeployment'],
  ['lab/tiny', 'lab', 'http://lab.example:8000', 'tiny'],
  ['meta/llama-3.1-70b', 'groq', 'https://api.groq.com', 'meta/llama-3.1-70b'],
];

for (const [id, provider, origin, model] of targets) {
  test(`routes ${id}`, async () => {
    const routes = [{ model: 'meta/*', provider: 'groq' }];
    const providers = { lab: { baseUrl: 'http://lab.example:8000/v1', key: 'LAB_KEY' } };
    const target = (await access({ routes, providers })).target(id);
    const { connection, ...rest } = 'error' in target ? assert.fail(target.error) : target;
    assert.deepEqual(rest, { id, provider, origin, model });
    assert.equal(new URL(connection?.address ?? '').origin, origin);
  });
}

test('a model that nobody serves says how to route it; with OPENAI_BASE_URL it goes there', async () => {
  const lost = (await access()).target('acme/chat');
  assert.match('error' in lost ? lost.error : '', /no provider serves acme\/chat: add a route/);
  const set = (await access({}, { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' })).target('acme/chat');
  assert.deepEqual(set, {
    id: 'acme/chat',
    provider: 'openai',
    origin: 'http://127.0.0.1:9',
    model: 'acme/chat',
    connection: { api: 'chat', address: 'http://127.0.0.1:9/v1' },
  });
  const editors = (await access()).target('vscode/copilot/gpt-4o');
  assert.match('error' in editors ? editors.error : '', /a model of VS Code itself/);
  const nameless = (await access()).target('auto');
  assert.match('error' in nameless ? nameless.error : '', /names no model/);
});

test('.env gives a key, never an address', async () => {
  const open = await access();
  assert.deepEqual(open.endpoint('groq'), {
    baseUrl: 'https://api.groq.com/openai/v1',
    key: 'from-dotenv',
  });
  const openai = open.target('openai/gpt-4o');
  assert.equal('error' in openai ? '' : openai.origin, 'https://api.openai.com');
});

test('a key for an address that the project names waits for consent', async () => {
  const providers = { openai: { baseUrl: 'https://gateway.example/v1' } };
  const open = await access({ providers }, { OPENAI_API_KEY: 'canary' });
  const endpoint = open.endpoint('openai');
  assert.match('error' in endpoint ? endpoint.error : '', /would go to https:\/\/gateway\.example/);
  assert.deepEqual(open.consentsFor('https://gateway.example'), [
    { root: join(root, 'project'), origin: 'https://gateway.example', key: 'OPENAI_API_KEY' },
  ]);
  assert.deepEqual(open.consentsFor('https://other.example'), []);
  assert.ok(open.secrets().includes('canary'));
});

test('a stored key goes to its origin; providers of the user’s own need no consent', async () => {
  const user = { lab: { baseUrl: 'https://lab.example/v1', key: 'LAB_KEY', concurrency: 2 } };
  const stored = new Map([['https://lab.example', 'canary-stored']]);
  const open = await access({}, {}, { user, stored, consents: [] });
  assert.deepEqual(open.endpoint('lab'), {
    baseUrl: 'https://lab.example/v1',
    key: 'canary-stored',
  });
  assert.equal(open.concurrency('lab'), 2);
  assert.ok(open.secrets().includes('canary-stored'));
  const without = await access({}, { LAB_KEY: 'canary-env' }, { user, consents: [] });
  assert.deepEqual(without.binding('lab'), { kind: 'key', key: 'canary-env' });
  assert.equal((await access({}, {}, { user })).binding('lab').kind, 'missing');
});

test('a route names where to go on an outage', async () => {
  const routes = [{ model: 'openai/*', provider: 'openai', fallback: ['openrouter', 'nobody'] }];
  const [first, second] = (await access({ routes })).fallbacks('openai/gpt-4o-mini');
  assert.deepEqual(first, {
    id: 'openai/gpt-4o-mini',
    provider: 'openrouter',
    origin: 'https://openrouter.ai',
    model: 'openai/gpt-4o-mini',
    connection: { api: 'chat', address: 'https://openrouter.ai/api/v1' },
  });
  assert.ok(second && 'error' in second);
  assert.deepEqual((await access({ routes })).fallbacks('groq/x'), []);
});

test('the secrets are the keys of all sources: settings, .env and those that the user stored', async () => {
  const providers = { lab: { baseUrl: 'https://lab.example/v1', key: 'LAB_KEY' } };
  const user = { own: { baseUrl: 'https://own.example/v1', key: 'OWN_KEY' } };
  const env = { LAB_KEY: 'canary-lab', OWN_KEY: 'canary-own', OPENAI_API_KEY: 'canary-openai' };
  const stored = new Map([['https://else.example', 'canary-stored']]);
  const open = await access({ providers }, env, { user, stored, consents: [] });
  assert.deepEqual(open.secrets().toSorted(), [
    'canary-lab',
    'canary-openai',
    'canary-own',
    'canary-stored',
    'from-dotenv',
  ]);
});

test('only OpenRouter at its own address says what it charges', async () => {
  const env = { OPENROUTER_API_KEY: 'sk-or', OPENAI_API_KEY: 'sk-oa' };
  const providers = { mine: { baseUrl: 'http://127.0.0.1:9/v1', key: 'none' } };
  const known = await access({ providers }, env);
  for (const [provider, expected] of [
    ['openrouter', true],
    ['openai', undefined],
    ['mine', undefined],
  ] as const) {
    const endpoint = known.endpoint(provider);
    assert.ok('baseUrl' in endpoint);
    assert.equal(endpoint.hasCharge, expected);
  }
  const moved = { openrouter: { baseUrl: 'http://127.0.0.1:9/v1', key: 'none' } };
  const endpoint = (await access({ providers: moved }, env)).endpoint('openrouter');
  assert.ok('baseUrl' in endpoint && endpoint.hasCharge === undefined);
});

test('settings say how a provider is called; every part decides about answers and is in the connection', async () => {
  const lab = {
    baseUrl: 'https://lab.example/openai/',
    api: 'responses',
    deployment: 'prod chat',
    key: 'none',
    query: { 'api-version': '2024-10-21' },
    headers: { 'X-Team': 'prompts', 'Api-Key': '${env:LAB_KEY}' },
    body: { top_k: 40 },
    stream: false,
    idleMs: 90_000,
  };
  const models = { 'lab/my-o3': { reasons: true }, 'lab/judge': { takesTemperature: false } };
  const open = await access(
    { providers: { lab }, models },
    { LAB_KEY: 'canary-1' },
    {
      trusted: ['https://lab.example'],
    },
  );
  const target = open.target('lab/my-o3');
  assert.deepEqual('error' in target ? target : target.connection, {
    api: 'responses',
    address: 'https://lab.example/openai/deployments/prod%20chat?api-version=2024-10-21',
    headers: ['api-key', 'x-team'],
    body: { top_k: 40 },
    traits: { reasons: true },
  });
  const judge = open.target('lab/judge');
  assert.deepEqual('error' in judge ? judge : judge.connection?.traits, {
    takesTemperature: false,
  });
  assert.deepEqual(open.endpoint('lab'), {
    baseUrl: 'https://lab.example/openai/deployments/prod%20chat',
    key: null,
    headers: { 'api-key': 'canary-1', 'x-team': 'prompts' },
    secrets: ['canary-1'],
    query: { 'api-version': '2024-10-21' },
    stream: false,
    idleMs: 90_000,
  });
  assert.ok(open.secrets().includes('canary-1'));
});

test('a header with a variable waits for consent, and says what is not set', async () => {
  const lab = { baseUrl: 'https://lab.example/v1', headers: { 'Api-Key': '${env:LAB_KEY}' } };
  const open = await access({ providers: { lab } }, { LAB_KEY: 'canary-1' });
  assert.equal(open.binding('lab').kind, 'needs-consent');
  const endpoint = open.endpoint('lab');
  assert.match(
    'error' in endpoint ? endpoint.error : '',
    /LAB_KEY would go to https:\/\/lab\.example in a header/,
  );
  assert.deepEqual(open.consentsFor('https://lab.example'), [
    { root: join(root, 'project'), origin: 'https://lab.example', key: 'LAB_KEY' },
  ]);
  const unset = (await access({ providers: { lab } })).endpoint('lab');
  assert.match(
    'error' in unset ? unset.error : '',
    /a header for https:\/\/lab\.example needs LAB_KEY: set it/,
  );
});

test('headers of the connection itself cannot be set', async () => {
  for (const name of [
    'Host',
    'content-length',
    'Transfer-Encoding',
    'proxy-authorization',
    'a b',
    'a:b',
  ]) {
    const lab = { baseUrl: 'https://lab.example/v1', key: 'none', headers: { [name]: 'x' } };
    const endpoint = (await access({ providers: { lab } })).endpoint('lab');
    assert.match(
      'error' in endpoint ? endpoint.error : '',
      /`providers\.lab\.headers` cannot set/,
      name,
    );
  }
  const lab = { baseUrl: 'https://lab.example/v1', key: 'none', headers: { X: 'a\r\nHost: evil' } };
  const endpoint = (await access({ providers: { lab } })).endpoint('lab');
  assert.match('error' in endpoint ? endpoint.error : '', /a character that no header may have/);
});

test('the network is what was given, never what the project says', async () => {
  await mkdir(join(root, 'network'));
  await writeFile(join(root, 'network/.env'), 'HTTPS_PROXY=http://evil.example\nhttps_proxy=x\n');
  const open = (network?: AccessSources['network']) =>
    access(
      { providers: { lab: { baseUrl: 'http://127.0.0.1:8000/v1', key: 'none' } } },
      {},
      { root: join(root, 'network'), ...(network ? { network } : {}) },
    );
  const endpoint = (await open()).endpoint('lab');
  assert.ok(!('network' in endpoint), JSON.stringify(endpoint));
  const given = { proxies: { http_proxy: 'http://proxy.example' }, ca: 'PEM' };
  const other = (await open(given)).endpoint('lab');
  assert.deepEqual('network' in other && other.network, given);
});
