import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { lazyPackages, lazySources, webviewEntryPoints } from '../../scripts/build/entries.mjs';
import { root } from '../../scripts/process.mjs';
import { type Packed, packageExtension } from '../../scripts/vscode/package-extension.ts';
import { type ZipEntry, zipEntries } from './zip-entries.ts';

const MEGABYTE = 1e6;

/** What ships, besides the examples; names as vsce writes them. */
const SHIPPED = [
  ...['package.json', 'readme.md', 'changelog.md', 'LICENSE.txt'],
  ...['client', 'server', ...Object.values({ ...lazyPackages, ...lazySources })]
    .filter((name) => name !== 'cli-main')
    .map((name) => `dist/${name}.cjs`),
  'dist/THIRD-PARTY-NOTICES.txt',
  ...Object.keys(webviewEntryPoints()).flatMap((name) => [
    `dist/webview/${name}.js`,
    `dist/webview/${name}.css`,
  ]),
  ...['o200k_base', 'cl100k_base'].map((name) => `dist/tokens/${name}.bin`),
  ...['icon.png', 'prompt-dark.svg', 'prompt-light.svg', 'view.svg'].map(
    (name) => `images/${name}`,
  ),
  ...['prompt', 'prompt-hints', 'settings'].map((name) => `schemas/${name}.schema.json`),
  ...['language-configuration.json', 'prompt-yaml.tmLanguage.json'].map(
    (name) => `syntaxes/${name}`,
  ),
  'snippets/prompt-yaml.json',
  ...readdirSync(join(root, 'docs/rules')).map((name) => `docs/rules/${name}`),
  ...[
    'cost',
    'create',
    'evaluate',
    'examples',
    'findings',
    'playground',
    'preview',
    'prompts',
    'release',
  ].map((name) => `walkthrough/${name}.md`),
  ...['answer-from-context', 'classify', 'extract', 'judge', 'rewrite', 'summarize'].map(
    (name) => `templates/${name}.prompt.yaml`,
  ),
];

let folder: string;
let packed: Packed;
let entries: ZipEntry[];
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'promptsmith-package-'));
  packed = await packageExtension(join(folder, 'promptsmith.vsix'));
  entries = zipEntries(readFileSync(packed.file));
});
after(() => rmSync(folder, { recursive: true }));

test('the package holds what ships and nothing else', () => {
  const examples = readdirSync(join(root, 'examples'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/.promptsmith'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  assert.deepEqual(
    entries.map(({ name }) => name).sort(),
    [
      'extension.vsixmanifest',
      '[Content_Types].xml',
      ...[...SHIPPED, ...examples].map((name) => `extension/${name}`),
    ].sort(),
  );
});

test('the package is small', () => {
  assert.ok(readFileSync(packed.file).length < 3 * MEGABYTE);
  const sizeOf = (name: string) =>
    entries.find((entry) => entry.name === `extension/dist/${name}`)?.size;
  assert.ok((sizeOf('client.cjs') ?? Number.POSITIVE_INFINITY) < MEGABYTE);
});

test('vsce has no warnings', () => assert.deepEqual(packed.warnings, []));

test('every file that the manifest names is in the package', () => {
  const named =
    JSON.stringify(manifest.contributes).match(
      /"\.?\/?(?:images|schemas|snippets|syntaxes)\/[^"]+"/g,
    ) ?? [];
  const paths = [manifest.main, manifest.icon, ...named.map((path) => JSON.parse(path))];
  const names = new Set(entries.map(({ name }) => name));
  assert.ok(paths.length > 5);
  assert.deepEqual(
    paths.filter((path) => !names.has(`extension/${path.replace(/^\.\//, '')}`)),
    [],
  );
});

test('the manifest declares nothing twice and shows nothing that it has not declared', () => {
  const { commands, menus, keybindings = [] } = manifest.contributes;
  const ids: string[] = commands.map(({ command }: { command: string }) => command);
  assert.equal(new Set(ids).size, ids.length);
  const used = [...Object.values<{ command: string }[]>(menus).flat(), ...keybindings];
  const unknown = used.filter(({ command }) => !ids.includes(command));
  assert.deepEqual(unknown, []);
  for (const { command, title, category } of commands) {
    assert.equal(category, 'Promptsmith', command);
    assert.doesNotMatch(title, /^Promptsmith/, command);
  }
});

test('every setting says what it does, every choice too', () => {
  const { properties } = manifest.contributes.configuration;
  for (const [name, setting] of Object.entries<Record<string, unknown>>(properties)) {
    assert.match(name, /^promptsmith\./);
    assert.ok(setting.markdownDescription, name);
    assert.ok('default' in setting, name);
    const { enum: values, enumDescriptions: words } = setting as Record<string, unknown[]>;
    assert.equal(words?.length, values?.length, name);
  }
});

test('the notices name what the bundles carry', () => {
  assert.ok(existsSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt')));
  const notices = readFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  for (const name of ['vscode-languageclient', 'vscode-languageserver', 'yaml', 'js-tiktoken'])
    assert.match(notices, new RegExp(`^${name} \\d`, 'm'));
});
