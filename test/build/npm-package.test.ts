import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import packageJson from '#package.json' with { type: 'json' };
import { npm, root } from '../../scripts/process.mjs';

let files: string[];

before(() => {
  const { program, args, shell } = npm();
  const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const run = spawnSync(program, [...args, ...pack], { cwd: root, encoding: 'utf8', shell });
  // npm 12 names the packages, npm 11 lists them.
  const [packed] = Object.values<{ files: { path: string }[] }>(JSON.parse(run.stdout));
  files = (packed?.files ?? []).map(({ path }) => path);
});

test('the npm package holds every program, and every file of ours that it loads', () => {
  const { bin, exports } = packageJson;
  const entries = [...Object.values(bin), ...Object.values(exports['./registry'])];
  assert.deepEqual(
    entries.filter((path) => !files.includes(path.replace('./', ''))),
    [],
  );
  const bundles = files.filter((path) => path.endsWith('.cjs'));
  assert.ok(bundles.length > 5);
  for (const path of bundles) {
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, name] of text.matchAll(/require\("\.\/([\w-]+\.cjs)"\)/g))
      assert.ok(files.includes(`dist/${name}`), `${path} loads ${name}`);
  }
});

test('the npm package holds nothing of the extension, no source and no test', () => {
  const others = files.filter(
    (path) =>
      !/^(?:dist|docs\/rules|schemas)\//.test(path) &&
      !['package.json', 'README.md', 'CHANGELOG.md', 'LICENSE'].includes(path),
  );
  assert.deepEqual(others, []);
  for (const name of ['client.cjs', 'on-demand.cjs', 'webview/preview.js'])
    assert.ok(!files.includes(`dist/${name}`), name);
});
