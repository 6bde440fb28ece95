import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder } from './fetch-package.mjs';
import { npm, root, run } from './process.mjs';

/**
 * Installs the dependencies when node_modules is missing or does not match package-lock.json.
 * Install scripts do not run: the only one among our dependencies (esbuild's) merely saves it a
 * start-up step, and npm 11 asks about them.
 * @param {string} [folder] the checkout
 */
export async function installDependencies(folder = root) {
  if (isInstalled(folder)) return;
  await withLock(folder, async () => {
    if (isInstalled(folder)) return;
    const locked = existsSync(join(folder, 'package-lock.json'));
    console.error('Installing the dependencies …');
    const { program, args, shell } = npm();
    const command = [...args, locked ? 'ci' : 'install'];
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    // npm's report goes to stderr: what a command prints on stdout stays the command's own.
    const code = await run(program, [...command, ...flags], {
      cwd: folder,
      shell,
      stdio: ['ignore', 2, 2],
    });
    if (code !== 0) throw new Error(`npm could not install the dependencies (exit code ${code}).`);
    if (locked) writeFileSync(stampFile(folder), lockHash(folder));
  });
}

/** @param {string} folder */
function isInstalled(folder) {
  if (!existsSync(join(folder, 'package-lock.json')))
    return existsSync(join(folder, 'node_modules'));
  const hash = lockHash(folder);
  const stamp = stampFile(folder);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!matchesLock(folder)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/**
 * True when npm's own record of node_modules holds every package of the lock in its version:
 * somebody ran npm by hand. Optional packages may be for another platform.
 * @param {string} folder
 */
function matchesLock(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const { '': _, ...locked } = JSON.parse(
    readFileSync(join(folder, 'package-lock.json'), 'utf8'),
  ).packages;
  return Object.entries(locked).every(
    ([path, entry]) =>
      installed[path]?.version === entry.version || (entry.optional && !(path in installed)),
  );
}

/** @param {string} folder */
function stampFile(folder) {
  return join(folder, 'node_modules', '.promptsmith-stamp');
}

/** @param {string} folder */
function lockHash(folder) {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
}

/**
 * Runs `action` while holding a lock on `folder`, waiting for another process that holds it. The
 * lock lies outside the folder, since npm empties node_modules, and one left by a dead process does
 * not count.
 * @param {string} folder
 * @param {() => Promise<void>} action
 */
async function withLock(folder, action) {
  await mkdir(cacheFolder(), { recursive: true });
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const path = join(cacheFolder(), `install-${name}.lock`);
  for (let waited = false; !(await tryLock(path)); waited = true) {
    if (!waited) console.error('Waiting for another install of this folder …');
    await delay(200);
  }
  try {
    await action();
  } finally {
    await rm(path, { force: true });
  }
}

/** @param {string} path */
async function tryLock(path) {
  // A link appears whole: nobody ever sees a lock without its owner's number.
  const own = `${path}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (error?.code !== 'EEXIST') throw error;
    const holder = Number(await readFile(path, 'utf8').catch(() => process.pid));
    if (!isAlive(holder)) await rm(path, { force: true });
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * As io/lock-file.ts does: this file runs before anything that reads TypeScript is installed.
 *
 * @param {number} pid
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error?.code === 'EPERM';
  }
}
