import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/process.mjs';
import { read } from './source-files.ts';

/** Whose addresses may be in the tree, and why. Everything else could be registered by anybody. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  'providers that are called': [
    'api.anthropic.com',
    'api.deepseek.com',
    'api.groq.com',
    'api.mistral.ai',
    'api.openai.com',
    'api.together.xyz',
    'api.x.ai',
    'generativelanguage.googleapis.com',
    'models.github.ai',
    'openrouter.ai',
  ],
  'where limits, prices and retirements of models come from': [
    'ai.google.dev',
    'api-docs.deepseek.com',
    'developers.openai.com',
    'docs.github.com',
    'docs.mistral.ai',
    'docs.x.ai',
    'github.com',
    'learn.microsoft.com',
    'ollama.com',
    'openai.com',
    'platform.claude.com',
    'platform.openai.com',
  ],
  'standards and published schemas': [
    'docs.oasis-open.org',
    'force-color.org',
    'json-schema.org',
    'no-color.org',
    'raw.githubusercontent.com',
    'semver.org',
    'www.w3.org',
  ],
  'this machine': ['127.0.0.1', 'localhost'],
  'an address of a private network in an example': ['10.20.0.7'],
};

/** RFC 2606 and RFC 6761 keep these for examples and tests. */
const RESERVED = /(^|\.)(example|invalid|test|localhost|example\.(com|org|net))$/;

const ALLOWED: ReadonlySet<string> = new Set(Object.values(HOSTS).flat());

function foreignHosts(text: string): string[] {
  return [...text.matchAll(/\bhttps?:\/\/(?:[^\s/@'"`]*@)?([A-Za-z0-9.-]+)/g)]
    .map(([, host = '']) => host.replace(/\.$/, '').toLowerCase())
    .filter((host) => !ALLOWED.has(host) && !RESERVED.test(host));
}

const FOLDERS = [
  ...['core', 'io', 'app', 'server', 'client', 'cli', 'scripts'],
  ...['schemas', 'syntaxes', 'snippets', 'templates', 'walkthrough', 'docs', 'examples'],
];

/** Lists of the authors of packages, and data of providers as it was received. */
const NOT_OURS = /(^|\/)(package-lock\.json|node_modules\/.*|recordings\/.*)$/;

function files(): string[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll('\\', '/')}`,
    ),
  );
  return [
    ...inFolders.filter((file) => /\.(ts|mjs|cjs|json|md|ya?ml|css|js)$/.test(file)),
    ...['package.json', 'README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md'],
  ].filter((file) => !NOT_OURS.test(file));
}

test('no file names a host that is not on the list', () => {
  const found = files().flatMap((file) => foreignHosts(read(file)).map((h) => `${file}: ${h}`));
  assert.deepEqual(found, [], 'ship the page, or add the host to the list with its reason');
});

test('every host of the list is in the tree', () => {
  const all = files()
    .filter((file) => file !== 'test/repo/addresses.test.ts')
    .map(read)
    .join('\n');
  const unused = [...ALLOWED].filter((host) => !all.includes(host));
  assert.deepEqual(unused, []);
});

test('a host of nobody is found', () => {
  assert.deepEqual(foreignHosts('see https://promptsmith.dev/rules/x'), ['promptsmith.dev']);
  assert.deepEqual(foreignHosts('{"a": "https://user:pw@some.where/x"}'), ['some.where']);
  assert.deepEqual(foreignHosts('http://127.0.0.1:1/x https://a.example/ http://x.test'), []);
});
