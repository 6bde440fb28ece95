import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { postgresTests } from '../../scripts/postgres.mjs';
import { root } from '../../scripts/process.mjs';
import { missingPackage, systemPackages } from '../../scripts/system-packages.mjs';
import { testArguments, testFiles } from '../../scripts/test-files.mjs';

const options = { skip: process.platform === 'win32' ? 'apt-get is a shell script here' : false };

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'promptsmith-packages-'));
});
after(() => rmSync(folder, { recursive: true }));

/** A machine whose apt-get notes its arguments, and which has these programs. */
function machine(name: string, programs: readonly string[] = [], aptExitCode = 0) {
  const path = join(folder, name);
  mkdirSync(path);
  const calls = join(path, 'calls');
  const apt = `#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> '${calls}'\nexit ${aptExitCode}\n`;
  writeFileSync(join(path, 'apt-get'), apt, { mode: 0o755 });
  for (const program of programs) writeFileSync(join(path, program), '', { mode: 0o755 });
  return {
    env: { PATH: path },
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8') : ''),
    /** What it says when it is asked to install what these tests need. */
    install(files: readonly string[], more: { isRoot?: boolean; distribution?: string } = {}) {
      const given = { isRoot: true, distribution: 'debian', env: { PATH: path }, ...more };
      const code = `const { installSystemPackages } = await import('./scripts/system-packages.mjs');
        await installSystemPackages(${JSON.stringify(files)}, ${JSON.stringify(given)});`;
      const { stderr, stdout } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', code],
        { cwd: root, encoding: 'utf8' },
      );
      assert.equal(stdout, '');
      return stderr;
    },
  };
}

const neovim = 'test/server/neovim.test.ts';
const host = 'test/host/host.test.ts';
const update = 'noninteractive update --quiet=2\n';
const install = 'noninteractive install --quiet=2 --yes --no-install-recommends';

test(
  'root on Debian is told which packages, why and how, before they are installed',
  options,
  () => {
    const { install: ask, calls } = machine('root', ['google-chrome']);
    assert.equal(
      ask([host, neovim]),
      `Some tests need programs that are not installed:
  neovim    the language server in Neovim
  ripgrep   the search in VS Code
Installing them (\`npm test -- --no-install\` skips this, and those tests):
  apt-get update --quiet=2
  apt-get install --quiet=2 --yes --no-install-recommends neovim ripgrep
`,
    );
    assert.equal(calls(), `${update}${install} neovim ripgrep\n`);
  },
);

test('only what the chosen tests need is installed', options, () => {
  const { install: ask, calls } = machine('chosen');
  assert.match(ask(['test/core/text.test.ts', neovim], { distribution: 'ubuntu' }), /neovim/);
  assert.equal(calls(), `${update}${install} neovim\n`);
});

test(
  'nothing is said or installed where all is there, for others than root, and elsewhere',
  options,
  () => {
    const cases = [
      machine('complete', ['nvim']).install([neovim]),
      machine('nothing-needed').install(['test/core/text.test.ts']),
      machine('user').install([neovim], { isRoot: false }),
      machine('fedora').install([neovim], { distribution: 'fedora' }),
    ];
    assert.deepEqual(cases, ['', '', '', '']);
    for (const name of ['complete', 'nothing-needed', 'user', 'fedora'])
      assert.equal(existsSync(join(folder, name, 'calls')), false, name);
  },
);

test('an apt-get that fails is said, and is no error', options, () => {
  const { install: ask, calls } = machine('failing', [], 100);
  assert.match(ask([neovim]), /\napt-get update failed with exit code 100\.\n$/);
  assert.equal(calls(), update);
});

test('a missing program is named with the command that installs it', options, () => {
  const { env } = machine('named', ['rg', 'chromium-browser']);
  assert.equal(missingPackage('neovim', env), 'there is no nvim (Debian: apt-get install neovim)');
  assert.equal(missingPackage('ripgrep', env), null);
  assert.equal(missingPackage('chromium', env), null);
});

test('only `test` installs system packages, and not with --no-install', options, () => {
  const { env, calls } = machine('commands');
  // Stands in for the modules that do the work: what is run and installed is noted instead.
  const code = `
    import { registerHooks } from 'node:module';
    const fakes = {
      'system-packages.mjs': 'export const installSystemPackages = async (files) => console.log("install for", files.length > 0);',
      'install.mjs': 'export const installDependencies = async () => {};',
      'node.mjs': 'export const findNode = async () => "node"; export const hasNode = () => false;',
      'postgres.mjs': 'export const postgresTests = []; export const fetchPostgres = async () => {};',
      'process.mjs': \`export const run = async () => 0; export const capture = async () => ({ code: 0, output: "" });
        export const root = \${JSON.stringify(process.cwd())};\`,
    };
    registerHooks({
      load(url, context, next) {
        const fake = fakes[url.split('/scripts/').at(-1)];
        return fake ? { format: 'module', source: fake, shortCircuit: true } : next(url, context);
      },
    });
    const { runCommand } = await import('./scripts/commands.mjs');
    for (const args of JSON.parse(process.argv[1])) {
      console.log(args.join(' '));
      await runCommand(args[0], args.slice(1));
    }`;
  const commands = [
    ...['build', 'check', 'demo', 'start', 'generate', 'package', 'bench', 'bench:lint', 'corpus'],
  ].map((name) => [name]);
  const tests = [
    ['test', neovim],
    ['test', '--no-install', neovim],
    ['test'],
    ['test', '--no-install'],
  ];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', code, JSON.stringify([...commands, ...tests])],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  assert.equal(stderr, '');
  assert.deepEqual(stdout.trim().split('\n'), [
    ...commands.flat(),
    `test ${neovim}`,
    'install for true',
    `test --no-install ${neovim}`,
    'test',
    'install for true',
    'test --no-install',
  ]);
  assert.equal(calls(), '');
});

test('the tests that need something are there, and those that need PostgreSQL are known', () => {
  const all = testFiles(['test'], '.test.ts');
  const named = [...systemPackages.map((one) => one.test), ...postgresTests];
  assert.deepEqual(
    named.filter((file) => !all.includes(file)),
    [],
  );
  const using = all.filter((file) =>
    /startPostgres\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  assert.deepEqual(
    using.filter((file) => !postgresTests.includes(file)),
    [],
  );
  assert.ok(using.length > 0);
});

test('under CI a skipped test is a failure that is named with its reason', () => {
  const file = join(folder, 'skipped.test.mjs');
  writeFileSync(
    file,
    `import { describe, test } from 'node:test';
    test('one that runs', () => {});
    test('one by itself', { skip: 'there is no nvim' }, () => {});
    describe('a group', { skip: 'no Chromium' }, () => { test('inside', () => {}); });`,
  );
  const runTests = (CI: string) => {
    const args = testArguments([neovim], { CI }).filter((arg) => !/neovim/.test(arg));
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [...args, file], {
      env,
      encoding: 'utf8',
    });
    return { status, stderr };
  };
  assert.deepEqual(runTests(''), { status: 0, stderr: '' });
  assert.deepEqual(runTests('true'), {
    status: 1,
    stderr: `Under CI no test may be skipped. one by itself: there is no nvim
Under CI no test may be skipped. a group: no Chromium
`,
  });
});
