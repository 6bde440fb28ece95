import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, posix, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';

/** Folders under test/ that hold something else than tests. */
const notTests = ['test/bench', 'test/corpus', 'test/live', 'test/support'];

const noSkips = new URL('no-skips.mjs', import.meta.url).href;

/**
 * The arguments Node gets to run the tests. `args` are files and folders (default: all of test/)
 * and flags of `node --test`. Under CI a skipped test counts as failed.
 *
 * The tests of one folder, with those below its folders, share a process: a process for each file costs
 * 0.1 s a file, and one for all would use one core and let a crash hide every result.
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function testArguments(args, env = process.env) {
  const flags = args.filter((arg) => arg.startsWith('-'));
  const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
  if (env.CI) reporters.push(`--test-reporter=${noSkips}`, '--test-reporter-destination=stderr');
  const limits = [`--test-concurrency=${availableParallelism()}`, '--test-timeout=120000'];
  return ['--test', ...reporters, ...limits, ...flags, ...groups(selectedTests(args))];
}

/** The ending of test files that take long; `npm run check` leaves them out. */
const SLOW = '.slow.test.ts';

/**
 * The test files at or below `paths` that take no half second.
 * @param {readonly string[]} paths
 * @returns {string[]}
 */
export function fastTests(paths) {
  return testFiles(paths, '.test.ts').filter((file) => !file.endsWith(SLOW));
}

/**
 * The test files that `args` name. Throws with a message for people when there are none.
 * @param {readonly string[]} args files, folders (default: all of test/), and flags, which do not count
 * @returns {string[]}
 */
export function selectedTests(args) {
  const named = args.filter((arg) => !arg.startsWith('-'));
  const files = testFiles(named.length > 0 ? named : ['test'], '.test.ts');
  if (files.length === 0) throw new Error(`There are no tests in ${named.join(', ') || 'test'}.`);
  return files;
}

/**
 * Files with this ending at or below the given paths, sorted, relative to the root.
 * @param {readonly string[]} paths
 * @param {string} ending
 * @returns {string[]}
 */
export function testFiles(paths, ending) {
  const found = new Set();
  for (const path of paths) {
    const absolute = join(root, path);
    if (!statSync(absolute, { throwIfNoEntry: false })) throw new Error(`There is no ${path}.`);
    for (const file of filesBelow(absolute)) {
      if (file.endsWith(ending)) found.add(relative(root, file).replaceAll(sep, '/'));
    }
  }
  const skipped = notTests.filter((folder) => !paths.some((path) => path.startsWith(folder)));
  return [...found]
    .filter((file) => !skipped.some((folder) => file.startsWith(`${folder}/`)))
    .sort();
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/**
 * One module per group that imports its test files, named by what it imports, so that runs at the
 * same time do not disturb each other. A group is a folder such as test/cli or test/core/eval.
 * @param {readonly string[]} files
 */
function groups(files) {
  const byFolder = new Map();
  for (const file of files) {
    const name = posix.dirname(file).split('/').slice(0, 3).join('/');
    byFolder.set(name, [...(byFolder.get(name) ?? []), file]);
  }
  const target = join(root, 'node_modules', '.promptsmith-tests');
  mkdirSync(target, { recursive: true });
  // VS Code takes longest and both cores: nothing that measures time runs beside it if it comes last.
  const ordered = [...byFolder].sort(
    ([a], [b]) => Number(a === 'test/host') - Number(b === 'test/host'),
  );
  return ordered.map(([name, members]) => {
    if (members.length === 1) return members[0];
    const source = groupModule(members);
    const hash = createHash('sha256').update(source).digest('hex').slice(0, 8);
    const path = join(target, `${name.replaceAll('/', '-')}-${hash}.mjs`);
    if (!existsSync(path)) writeFileSync(path, source);
    return path;
  });
}

/**
 * A file that cannot be loaded is a failed test of its own and does not take its neighbours with it.
 * @param {readonly string[]} files
 */
function groupModule(files) {
  const modules = files.map((file) => [file, pathToFileURL(join(root, file)).href]);
  return `import { test } from 'node:test';
for (const [file, url] of ${JSON.stringify(modules, null, 2)}) {
  try {
    await import(url);
  } catch (error) {
    test(file, () => {
      throw error;
    });
  }
}
`;
}
