import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/process.mjs';
import { missingPublisherFields } from '../../scripts/vscode/package-extension.ts';
import { read } from './source-files.ts';

const manifest = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json'));

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

test('every dependency is pinned to one version, the same as in package-lock.json', () => {
  assert.equal(
    manifest.dependencies,
    undefined,
    'what ships is bundled: dependencies are for development',
  );
  for (const [name, version] of Object.entries(manifest.devDependencies)) {
    assert.match(String(version), /^\d+\.\d+\.\d+(?:-[\w.]+)?$/, name);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
  }
  assert.equal(lock.version, manifest.version);
});

test('the lock file vouches for every package and names no registry', () => {
  for (const [path, entry] of Object.entries<Locked>(lock.packages)) {
    if (path === '') continue;
    assert.match(entry.integrity ?? '', /^sha512-/, path);
    assert.equal(entry.resolved, undefined, path);
  }
});

test('the lock file holds the builds for every platform, or npm ci refuses it', () => {
  for (const [path, { optionalDependencies = {} }] of Object.entries<Locked>(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const locked = lock.packages[`node_modules/${name}`]?.version;
      // A range is npm's to resolve; a build for a platform is pinned.
      if (/^[\^~]/.test(version)) assert.ok(locked, `${path} → ${name}`);
      else assert.equal(locked, version, `${path} → ${name}`);
    }
  }
});

test('only esbuild has an install script, which installing skips', () => {
  const entries = Object.entries<Locked>(lock.packages);
  const scripts = entries.filter(([, entry]) => entry.hasInstallScript && !entry.optional);
  assert.deepEqual(
    scripts.map(([path]) => path),
    ['node_modules/esbuild'],
  );
});

test('the types are those of the oldest Node and VS Code that are supported', () => {
  assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  const node = /^>=(\d+\.\d+)$/.exec(manifest.engines.node)?.[1];
  assert.equal(manifest.devDependencies['@types/node'].split('.').slice(0, 2).join('.'), node);
});

test('the addresses of a publisher are in package.json, all or none, and packaging says which lack', () => {
  const missing = missingPublisherFields(manifest);
  assert.ok(missing.length === 0 || missing.length === 3, missing.join(', '));
  assert.deepEqual(missingPublisherFields({ bugs: 'x' }), ['repository', 'homepage']);
});

test('every script starts something that is there', () => {
  for (const [name, command] of Object.entries<string>(manifest.scripts)) {
    const file = /^node (\S+\.mjs)/.exec(command)?.[1];
    assert.ok(file && existsSync(join(root, file)), `${name}: ${command}`);
  }
});

test('what a repository and its packages need is there', () => {
  for (const file of [
    'LICENSE',
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    'CHANGELOG.md',
  ]) {
    assert.ok(read(file).length > 100, file);
  }
  assert.match(read('LICENSE'), new RegExp(`^${manifest.license} License`));
  if (process.platform !== 'win32')
    assert.equal(statSync(join(root, '.ci/run')).mode & 0o111, 0o111);
});
