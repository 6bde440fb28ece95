import { existsSync, readFileSync } from 'node:fs';
import { findInPath, run } from './process.mjs';

/**
 * A Debian package that some tests need.
 * @typedef {object} SystemPackage
 * @property {string} name
 * @property {readonly string[]} programs any one of these in PATH will do
 * @property {string} purpose what is tested with it
 * @property {string} test the test file that needs it
 */

/** @type {readonly SystemPackage[]} */
export const systemPackages = [
  {
    name: 'neovim',
    programs: ['nvim'],
    purpose: 'the language server in Neovim',
    test: 'test/server/neovim.test.ts',
  },
  {
    name: 'chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    purpose: 'the extension in VS Code, shown by a browser',
    test: 'test/host/host.test.ts',
  },
  {
    name: 'ripgrep',
    programs: ['rg'],
    purpose: 'the search in VS Code',
    test: 'test/host/host.test.ts',
  },
];

const UPDATE = ['apt-get', 'update', '--quiet=2'];
const INSTALL = ['apt-get', 'install', '--quiet=2', '--yes', '--no-install-recommends'];

/**
 * What decides whether packages may be installed.
 * @typedef {object} Machine
 * @property {boolean} isRoot
 * @property {string} distribution `ID` of /etc/os-release; '' where there is none
 * @property {NodeJS.ProcessEnv} env
 */

/** @returns {Machine} */
export function thisMachine() {
  const file = '/etc/os-release';
  const release = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const distribution = /^ID="?([\w.-]+)/m.exec(release)?.[1] ?? '';
  return { isRoot: process.getuid?.() === 0, distribution, env: process.env };
}

/**
 * Installs the Debian packages that these test files need and that are missing, as root on Debian or
 * Ubuntu; it says which, why and how before it does. Elsewhere, and where apt-get fails, it leaves
 * that to the tests: each is skipped by its name with the command that helps. Never throws.
 * @param {readonly string[]} files from the root
 * @param {Machine} [machine]
 */
export async function installSystemPackages(files, machine = thisMachine()) {
  const mayInstall = machine.isRoot && ['debian', 'ubuntu'].includes(machine.distribution);
  const missing = systemPackages.filter(
    ({ name, test }) => files.includes(test) && findProgram(name, machine.env) === null,
  );
  if (!mayInstall || missing.length === 0) return;
  console.error('Some tests need programs that are not installed:');
  for (const { name, purpose } of missing) console.error(`  ${name.padEnd(10)}${purpose}`);
  console.error('Installing them (`npm test -- --no-install` skips this, and those tests):');
  const env = { ...machine.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [program, ...args] of [UPDATE, [...INSTALL, ...missing.map(({ name }) => name)]]) {
    console.error(`  ${program} ${args.join(' ')}`);
    const code = await run(program, args, { env, stdio: ['ignore', 'ignore', 2] }).catch(() => 127);
    if (code === 0) continue;
    console.error(`${program} ${args[0]} failed with exit code ${code}.`);
    return;
  }
}

/**
 * Why the tests that need a package cannot run here, with the command that helps; null when they can.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function missingPackage(name, env = process.env) {
  if (findProgram(name, env) !== null) return null;
  return `there is no ${packageNamed(name).programs[0]} (Debian: apt-get install ${name})`;
}

/**
 * The path of a package's program in PATH; null when there is none.
 * @param {string} name the package's
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function findProgram(name, env = process.env) {
  const paths = packageNamed(name).programs.map((program) => findInPath(program, env));
  return paths.find((path) => path !== null) ?? null;
}

/** @param {string} name */
function packageNamed(name) {
  const found = systemPackages.find((one) => one.name === name);
  if (!found) throw new Error(`No test needs a package ${name}.`);
  return found;
}
