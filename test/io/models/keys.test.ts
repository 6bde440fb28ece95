import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PRESETS, parseOrigin } from '#core/models/presets.ts';
import type { ProviderSetting } from '#core/settings.ts';
import { hideKeys } from '#io/models/hide-keys.ts';
import { bindKey, type Consents, parseDotenv } from '#io/models/keys.ts';
import { findProviderAddress, isLoopback, selectKeyHeader } from '#io/models/providers.ts';
import { addConsent, getTrustFilePath, readConsents } from '#io/models/trust-file.ts';

interface Scene {
  provider?: string;
  workspace?: ProviderSetting;
  user?: ProviderSetting;
  env?: Record<string, string>;
  dotenv?: Record<string, string>;
  stored?: Record<string, string>;
  consents?: Partial<Consents>;
}

/** `key <value>`, `none`, `missing <variables>`, `consent <variable> → <origin>` or `error`. */
function outcome({
  provider = 'openai',
  workspace,
  user,
  env = {},
  dotenv = {},
  stored = {},
  consents,
}: Scene): string {
  const address = findProviderAddress(provider, {
    workspace: workspace ? { [provider]: workspace } : {},
    user: user ? { [provider]: user } : {},
    env,
  });
  if ('error' in address) return 'error';
  const binding = bindKey(
    address,
    { env, dotenv: new Map(Object.entries(dotenv)), stored: (origin) => stored[origin] },
    { root: '/work', given: [], ...consents },
  );
  if ('message' in binding) assert.ok(!/S3CRET/.test(binding.message));
  switch (binding.kind) {
    case 'key':
      return `key ${binding.key}`;
    case 'none':
      return 'none';
    case 'missing':
      return `missing ${binding.variables.join(' ')}`.trim();
    case 'needs-consent':
      return `consent ${binding.consent.key} → ${binding.consent.origin}`;
    default:
      return binding satisfies never;
  }
}

const KEY = { OPENAI_API_KEY: 'S3CRET' };
const LAB = { baseUrl: 'https://lab.example/v1', key: 'LAB_KEY' };
const OWN = { root: '/work', origin: 'https://lab.example', key: 'LAB_KEY' };

const TABLE: [name: string, scene: Scene, expected: string][] = [
  ['a preset and its variable', { env: KEY }, 'key S3CRET'],
  ['the variable from .env', { dotenv: KEY }, 'key S3CRET'],
  [
    'the real environment wins over .env',
    { env: KEY, dotenv: { OPENAI_API_KEY: 'other' } },
    'key S3CRET',
  ],
  ['no key', {}, 'missing OPENAI_API_KEY'],
  ['an empty key is none', { env: { OPENAI_API_KEY: '  ' } }, 'missing OPENAI_API_KEY'],
  [
    'the second variable of a preset',
    { provider: 'google', env: { GOOGLE_API_KEY: 'S3CRET' } },
    'key S3CRET',
  ],
  ['several variables are named', { provider: 'google' }, 'missing GEMINI_API_KEY GOOGLE_API_KEY'],
  [
    'OPENAI_BASE_URL of the same environment',
    { env: { ...KEY, OPENAI_BASE_URL: 'https://proxy.example/v1' } },
    'key S3CRET',
  ],
  [
    'OPENAI_BASE_URL with a key from .env',
    { env: { OPENAI_BASE_URL: 'https://proxy.example' }, dotenv: KEY },
    'consent OPENAI_API_KEY → https://proxy.example',
  ],
  [
    'OPENAI_BASE_URL in .env is no address',
    { env: KEY, dotenv: { OPENAI_BASE_URL: 'https://evil.example' } },
    'key S3CRET',
  ],
  [
    'a file moves a preset elsewhere',
    { workspace: { baseUrl: 'https://evil.example/v1' }, env: KEY },
    'consent OPENAI_API_KEY → https://evil.example',
  ],
  [
    '… also with the key in .env',
    { workspace: { baseUrl: 'https://evil.example/v1' }, dotenv: KEY },
    'consent OPENAI_API_KEY → https://evil.example',
  ],
  [
    '… and to another port',
    { workspace: { baseUrl: 'https://api.openai.com:8443/v1' }, env: KEY },
    'consent OPENAI_API_KEY → https://api.openai.com:8443',
  ],
  [
    '… and without TLS',
    { workspace: { baseUrl: 'http://api.openai.com/v1' }, env: KEY },
    'consent OPENAI_API_KEY → http://api.openai.com',
  ],
  [
    '… but not to another path',
    { workspace: { baseUrl: 'https://api.openai.com/v2' }, env: KEY },
    'key S3CRET',
  ],
  [
    'a file names another key for a preset',
    { workspace: { key: 'AWS_SECRET_ACCESS_KEY' }, env: { AWS_SECRET_ACCESS_KEY: 'S3CRET' } },
    'consent AWS_SECRET_ACCESS_KEY → https://api.openai.com',
  ],
  [
    'a file names a provider',
    { provider: 'lab', workspace: LAB, env: { LAB_KEY: 'S3CRET' } },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… after consent',
    { provider: 'lab', workspace: LAB, env: { LAB_KEY: 'S3CRET' }, consents: { given: [OWN] } },
    'key S3CRET',
  ],
  [
    '… consent of another project',
    {
      provider: 'lab',
      workspace: LAB,
      env: { LAB_KEY: 'S3CRET' },
      consents: { given: [{ ...OWN, root: '/else' }] },
    },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… consent for another variable',
    {
      provider: 'lab',
      workspace: LAB,
      env: { LAB_KEY: 'S3CRET' },
      consents: { given: [{ ...OWN, key: 'X' }] },
    },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… consent for another origin',
    {
      provider: 'lab',
      workspace: LAB,
      env: { LAB_KEY: 'S3CRET' },
      consents: { given: [{ ...OWN, origin: 'https://evil.example' }] },
    },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… --trust for another origin',
    {
      provider: 'lab',
      workspace: LAB,
      env: { LAB_KEY: 'S3CRET' },
      consents: { origins: ['https://evil.example'] },
    },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… --trust with a path',
    {
      provider: 'lab',
      workspace: LAB,
      env: { LAB_KEY: 'S3CRET' },
      consents: { origins: ['https://lab.example/x'] },
    },
    'key S3CRET',
  ],
  [
    '… the user’s own setting',
    { provider: 'lab', user: LAB, env: { LAB_KEY: 'S3CRET' } },
    'key S3CRET',
  ],
  [
    '… the user’s address, the file’s key',
    {
      provider: 'lab',
      user: { baseUrl: LAB.baseUrl },
      workspace: { key: 'LAB_KEY' },
      env: { LAB_KEY: 'S3CRET' },
    },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    '… a key stored for the origin',
    { provider: 'lab', workspace: LAB, stored: { 'https://lab.example': 'S3CRET' } },
    'key S3CRET',
  ],
  ['… its key is not set', { provider: 'lab', workspace: LAB }, 'missing LAB_KEY'],
  [
    'a preset’s key to another preset',
    { provider: 'groq', workspace: { key: 'OPENAI_API_KEY' }, env: KEY },
    'consent OPENAI_API_KEY → https://api.groq.com',
  ],
  ['no key wanted', { provider: 'lab', workspace: { ...LAB, key: 'none' } }, 'none'],
  ['no word on the key', { provider: 'lab', workspace: { baseUrl: LAB.baseUrl } }, 'missing'],
  [
    'this machine needs none',
    { provider: 'lab', workspace: { baseUrl: 'http://localhost:8080' } },
    'none',
  ],
  [
    'this machine gets none unasked',
    { workspace: { baseUrl: 'http://127.0.0.1:8080' }, env: KEY },
    'none',
  ],
  [
    'this machine gets the key that is named',
    { workspace: { baseUrl: 'http://[::1]:8080', key: 'OPENAI_API_KEY' }, env: KEY },
    'key S3CRET',
  ],
  [
    'every address of this machine is not this machine',
    { workspace: { baseUrl: 'http://0.0.0.0:8080', key: 'OPENAI_API_KEY' }, env: KEY },
    'consent OPENAI_API_KEY → http://0.0.0.0:8080',
  ],
  [
    'a link-local address gets nothing, not even a call',
    { provider: 'lab', workspace: { baseUrl: 'http://169.254.169.254/v1', key: 'none' } },
    'consent none → http://169.254.169.254',
  ],
  [
    '… nor by its name or in IPv6',
    { provider: 'lab', workspace: { baseUrl: 'http://[fe80::1]/v1', key: 'none' } },
    'consent none → http://[fe80::1]',
  ],
  [
    '… unless the user allowed it',
    {
      provider: 'lab',
      workspace: { baseUrl: 'http://169.254.169.254/v1', key: 'none' },
      consents: { given: [{ root: '/work', origin: 'http://169.254.169.254', key: 'none' }] },
    },
    'none',
  ],
  [
    '… or it is the user’s own choice',
    { provider: 'lab', user: { baseUrl: 'http://169.254.169.254/v1', key: 'none' } },
    'none',
  ],
  [
    'headers may be all that a gateway needs',
    { provider: 'lab', workspace: { baseUrl: LAB.baseUrl, headers: { 'X-Team': 'a' } } },
    'none',
  ],
  [
    'a header of the file makes the address no longer the user’s own choice',
    { provider: 'lab', user: LAB, workspace: { headers: { X: 'a' } }, env: { LAB_KEY: 'S3CRET' } },
    'consent LAB_KEY → https://lab.example',
  ],
  [
    'this machine by the user’s environment',
    { env: { ...KEY, OPENAI_BASE_URL: 'http://127.0.0.1:1' } },
    'key S3CRET',
  ],
  ['ollama', { provider: 'ollama' }, 'none'],
  ['an unknown provider', { provider: 'acme' }, 'error'],
  ['a name of every object', { provider: 'constructor' }, 'error'],
  [
    'a key instead of its name',
    { provider: 'lab', workspace: { ...LAB, key: 'sk-S3CRET' } },
    'error',
  ],
  [
    'a user in the address',
    { provider: 'lab', workspace: { baseUrl: 'https://a:b@lab.example' } },
    'error',
  ],
  ['… alone', { provider: 'lab', workspace: { baseUrl: 'https://a@lab.example' } }, 'error'],
  [
    'a password in the address',
    { provider: 'lab', workspace: { baseUrl: 'https://:b@lab.example' } },
    'error',
  ],
  ['no address', { provider: 'lab', workspace: { baseUrl: 'file:///etc' } }, 'error'],
];

test('a key goes to its own origin, elsewhere after consent only', () => {
  for (const [name, scene, expected] of TABLE) assert.equal(outcome(scene), expected, name);
});

test('every preset is an address with an origin, or says which variable holds one', () => {
  for (const [name, { baseUrl, address }] of Object.entries(PRESETS))
    assert.ok(baseUrl === undefined ? address : parseOrigin(baseUrl), name);
});

test('an Azure resource is found by its variable, whose key is its own', () => {
  const env = { AZURE_OPENAI_ENDPOINT: 'https://acme.openai.azure.com/' };
  const at = (more: Record<string, string>) =>
    findProviderAddress('azure', { workspace: {}, env: { ...env, ...more } });
  const address = at({});
  assert.equal('error' in address || address.baseUrl, 'https://acme.openai.azure.com/openai/v1');
  const key = { AZURE_OPENAI_API_KEY: 'S3CRET' };
  assert.equal(outcome({ provider: 'azure', env: { ...env, ...key } }), 'key S3CRET');
  const workspace = { baseUrl: 'https://evil.openai.azure.com/openai/v1' };
  assert.match(outcome({ provider: 'azure', workspace, env: { ...env, ...key } }), /^consent /);
  const unset = findProviderAddress('azure', { workspace: {}, env: {} });
  assert.match('error' in unset ? unset.error : '', /set AZURE_OPENAI_ENDPOINT, or give/);
  assert.equal(selectKeyHeader('https://acme.openai.azure.com'), 'api-key');
  assert.equal(selectKeyHeader('https://openai.azure.com.evil.example'), 'authorization');
  assert.equal(selectKeyHeader('https://acme.openai.azure.com.evil.example'), 'authorization');
  assert.equal(selectKeyHeader('https://api.anthropic.com', 'messages'), 'x-api-key');
  assert.equal(selectKeyHeader('https://acme.services.ai.azure.com', 'messages'), 'x-api-key');
  assert.equal(selectKeyHeader('https://openrouter.ai', 'messages'), 'authorization');
  assert.equal(selectKeyHeader('https://api.anthropic.com', 'chat'), 'authorization');
});

test('this machine and what only looks like it', () => {
  for (const origin of [
    'http://localhost',
    'http://127.0.0.1:8',
    'http://127.9.9.9',
    'http://[::1]:1',
  ])
    assert.ok(isLoopback(origin));
  for (const origin of [
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://evil.example',
    'http://128.0.0.1',
  ])
    assert.ok(!isLoopback(origin));
  assert.ok(isLoopback(parseOrigin('http://0x7f.1:80/') ?? ''));
});

test('.env is read as shells write it', () => {
  const text =
    '\ufeff# comment\nA=1\nexport B = "two words" # why\nC=\'#3\'\r\nD=x # note\nE=a#b\nbad line\nF=\nA=last';
  assert.deepEqual(Object.fromEntries(parseDotenv(text)), {
    A: 'last',
    B: 'two words',
    C: '#3',
    D: 'x',
    E: 'a#b',
    F: '',
  });
});

test('secrets are scrubbed in every form', () => {
  assert.equal(hideKeys('key a/b+c and a%2Fb%2Bc', ['a/b+c', '']), 'key [key] and [key]');
  assert.equal(
    hideKeys('Incorrect key sk-proj-abc***********xyz1 given', []),
    'Incorrect key [key] given',
  );
  assert.equal(hideKeys('task-management', []), 'task-management');
});

test('consents are kept in the user’s own folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'promptsmith-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = getTrustFilePath({ XDG_CONFIG_HOME: folder });
  assert.equal(path, join(folder, 'promptsmith', 'trust.json'));
  assert.match(
    getTrustFilePath({ XDG_CONFIG_HOME: 'relative' }),
    /[\\/]\.config[\\/]promptsmith[\\/]trust\.json$/,
  );
  assert.deepEqual(await readConsents(path), []);
  await addConsent(path, OWN);
  await addConsent(path, OWN);
  await addConsent(path, { ...OWN, key: 'B' });
  assert.deepEqual(await readConsents(path), [OWN, { ...OWN, key: 'B' }]);
  await writeFile(path, JSON.stringify({ v: 1, note: 'mine', consents: [OWN, { odd: 1 }] }));
  await addConsent(path, { ...OWN, key: 'C' });
  assert.equal(JSON.parse(await readFile(path, 'utf8')).note, 'mine');
  assert.equal((await readConsents(path)).length, 2);
  await writeFile(path, '{"v":2,"consents":[]}');
  await assert.rejects(readConsents(path), /newer Promptsmith \(v 2\)/);
  await writeFile(path, '{');
  await assert.rejects(addConsent(path, OWN), /is not JSON/);
});
