import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundleOptions } from '../../scripts/build/bundle.mjs';
import { entryPoints } from '../../scripts/build/entries.mjs';
import { root } from '../../scripts/process.mjs';
import { read } from './source-files.ts';

interface Launch {
  readonly name: string;
  readonly type: string;
  readonly program?: string;
  readonly args: readonly string[];
  readonly outFiles?: readonly string[];
  readonly preLaunchTask?: string;
}

interface Task {
  readonly label: string;
  readonly type: string;
  readonly script: string;
  readonly isBackground?: boolean;
  readonly problemMatcher: {
    readonly pattern: readonly { readonly regexp: string }[];
    readonly background: { readonly beginsPattern: string; readonly endsPattern: string };
  };
}

const launches: readonly Launch[] = JSON.parse(read('.vscode/launch.json')).configurations;
const tasks: readonly Task[] = JSON.parse(read('.vscode/tasks.json')).tasks;
const manifest = JSON.parse(read('package.json'));
const outputs = Object.keys(entryPoints()).map((name) => `dist/${name}.cjs`);

test('F5 starts the extension with its language server; the tests and the command line can be debugged, too', () => {
  assert.deepEqual(
    launches.map(({ name, type }) => [name, type]),
    [
      ['Extension with language server', 'extensionHost'],
      ['Tests of the current file', 'node'],
      ['CLI: check the current file', 'node'],
    ],
  );
});

test('every file and folder that a launch configuration names is there, or is built', () => {
  const prefix = '${workspaceFolder}/';
  for (const { name, program, args, outFiles = [] } of launches) {
    const named = [program, ...args].flatMap((text) => text?.split(prefix)[1] ?? []);
    assert.ok(named.length > 0, name);
    for (const path of named)
      assert.ok(outputs.includes(path) || existsSync(join(root, path)), `${name}: ${path}`);
    const { outdir, outExtension } = bundleOptions({ development: true });
    for (const pattern of outFiles)
      assert.equal(pattern, `${prefix}${outdir}/**/*${outExtension?.['.js']}`, name);
  }
});

test('every task is a script of package.json, and every configuration waits for one that is there', () => {
  for (const { label, type, script } of tasks) {
    assert.equal(type, 'npm', label);
    assert.ok(script in manifest.scripts, label);
  }
  const labels = tasks.map(({ label }) => label);
  for (const { name, preLaunchTask, outFiles } of launches) {
    // What runs from dist/ needs a build with source maps, which only `watch` makes.
    assert.equal(preLaunchTask, outFiles ? 'watch' : undefined, name);
    if (preLaunchTask) assert.ok(labels.includes(preLaunchTask), name);
  }
});

test('the task that watches knows the lines that the build prints', () => {
  const watch = tasks.find(({ label }) => label === 'watch');
  assert.ok(watch?.isBackground);
  const { beginsPattern, endsPattern } = watch.problemMatcher.background;
  const source = read('esbuild.mjs');
  const printed = [...source.matchAll(/console\.log\('([^']+)'\)/g)].map(([, line = '']) => line);
  const matching = (pattern: string) => printed.filter((line) => new RegExp(pattern).test(line));
  assert.deepEqual(matching(beginsPattern), ['building']);
  assert.deepEqual(matching(endsPattern).sort(), ['built', 'not built']);
});

test('the task that watches reads the errors of the build', () => {
  const watch = tasks.find(({ label }) => label === 'watch');
  const { stderr } = spawnSync(
    process.execPath,
    ['node_modules/esbuild/bin/esbuild', '--bundle', '--outfile=x.js', '--loader=ts'],
    { cwd: root, encoding: 'utf8', input: '\nimport "./nothing.ts";\n' },
  );
  const lines = stderr.split('\n');
  const [first, blank, place] = (watch?.problemMatcher.pattern ?? []).map(
    ({ regexp }) => new RegExp(regexp),
  );
  const at = lines.findIndex((line) => first?.test(line));
  assert.equal(first?.exec(lines[at] ?? '')?.[1], 'Could not resolve "./nothing.ts"');
  assert.match(lines[at + 1] ?? '?', blank ?? /$^/);
  assert.deepEqual(place?.exec(lines[at + 2] ?? '')?.slice(1), ['<stdin>', '2', '7']);
});

test('the folder with these files is not ignored by git', () => {
  for (const name of ['launch.json', 'tasks.json', 'extensions.json']) {
    const args = ['-c', 'core.excludesFile=', 'check-ignore', '--no-index', `.vscode/${name}`];
    const { status } = spawnSync('git', args, { cwd: root });
    assert.equal(status, 1, name);
  }
});

test('a version manager chooses the Node that tests and scripts run on', async () => {
  const { findNode } = await import('../../scripts/node.mjs');
  const major = Number(read('.nvmrc'));
  assert.equal(await findNode(major as 24), process.execPath);
});
