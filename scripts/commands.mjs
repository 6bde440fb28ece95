import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies } from './install.mjs';
import { findNode, hasNode } from './node.mjs';
import { fetchPostgres, postgresTests } from './postgres.mjs';
import { capture, root, run } from './process.mjs';
import { installSystemPackages } from './system-packages.mjs';
import { fastTests, selectedTests, testArguments, testFiles } from './test-files.mjs';

/** Each command gets the arguments after its name and resolves to an exit code. */
const commands = {
  build: (args) => run(process.execPath, ['esbuild.mjs', ...args]),
  watch: (args) => run(process.execPath, ['esbuild.mjs', '--watch', ...args]),
  demo: (args) => script('demo', args),
  start: (args) => script('editor', args),
  generate: (args) => runTypeScript('scripts/generate.ts', args),
  package: (args) => script('package', args),
  test,
  'test:live': testLive,
  check,
  bench,
  'bench:lint': (args) => runTypeScript('test/bench-lint.ts', args),
  corpus: (args) => script('corpus', args),
  mutants: (args) => runTypeScript('scripts/mutants.ts', args),
};

/**
 * Installs what is missing, then runs a command. Resolves to the exit code.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runCommand(name, args) {
  if (!Object.hasOwn(commands, name)) {
    console.error(`Usage: node scripts/start.mjs <${Object.keys(commands).join('|')}> [arguments]`);
    return 2;
  }
  await installDependencies();
  return await commands[name](args);
}

/** Builds, then runs the tests, or those in the files and folders named. */
async function test(options) {
  const args = options.filter((option) => option !== '--no-install');
  const files = selectedTests(args);
  if (!options.includes('--no-install')) await installSystemPackages(files);
  const built = await build();
  if (built !== 0) return built;
  // The bundles are tested on the oldest Node they promise to run on; tests never download.
  if (hasNode(22)) await findNode(22);
  if (files.some((file) => postgresTests.includes(file))) await fetchPostgres();
  if (files.some((file) => file.startsWith('test/host/')))
    await runTypeScript('scripts/vscode/prepare.ts', []);
  return await runTests(args);
}

/** Builds, then tries real model servers, which it fetches or builds first. Nothing else needs them. */
async function testLive(args) {
  const built = await build();
  if (built !== 0) return built;
  return await runTests(['--test-timeout=2400000', ...(args.length > 0 ? args : ['test/live'])]);
}

/** The quick checks before a commit: format, lint, types, and the tests that start nothing. */
async function check(args) {
  const fix = args.includes('--fix');
  const biome = fix ? ['check', '--write'] : ['check'];
  const results = await Promise.all([
    capture(process.execPath, [bin('@biomejs/biome/bin/biome'), ...biome, '--error-on-warnings']),
    ...['tsconfig.json', 'tsconfig.webview.json'].map((project) =>
      capture(process.execPath, [bin('typescript/bin/tsc'), '--project', project, '--pretty']),
    ),
  ]);
  for (const { output } of results) process.stdout.write(output);
  const failed = results.find(({ code }) => code !== 0);
  if (failed) return failed.code;
  return args.includes('--static') ? 0 : await runTests(fastTests(['test/core', 'test/repo']));
}

/** Runs the benchmarks of test/bench, or those named; arguments after the names go to each. */
async function bench(args) {
  const all = testFiles(['test/bench'], '.ts').map((file) => file.slice('test/bench/'.length, -3));
  const end = args.findIndex((arg) => !all.includes(arg));
  const named = args.slice(0, end < 0 ? args.length : end);
  if (named.length === 0 && args.length > 0) {
    console.error(`There is no benchmark ${args[0]}; there are: ${all.join(', ')}`);
    return 2;
  }
  const built = await build();
  if (built !== 0) return built;
  for (const name of named.length > 0 ? named : all) {
    const code = await runTypeScript(`test/bench/${name}.ts`, args.slice(named.length));
    if (code !== 0) return code;
  }
  return 0;
}

/** Builds, then runs scripts/<name>.ts. */
async function script(name, args) {
  const built = await build();
  return built === 0 ? await runTypeScript(`scripts/${name}.ts`, args) : built;
}

/** Brings dist/ up to date; does nothing when it is. */
function build() {
  return commands.build(['--if-stale']);
}

async function runTests(args) {
  return await run(await findNode(24), testArguments(args));
}

async function runTypeScript(file, args) {
  if (!existsSync(join(root, file))) {
    console.error(`${file} is missing from this checkout.`);
    return 2;
  }
  return await run(await findNode(24), [file, ...args]);
}

/** @param {string} path */
function bin(path) {
  return join(root, 'node_modules', path);
}
