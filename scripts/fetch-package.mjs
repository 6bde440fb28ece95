import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, npm } from './process.mjs';

/** Where downloads are kept between runs and shared by all checkouts. */
export function cacheFolder() {
  const { env } = process;
  if (env.PROMPTSMITH_CACHE) return env.PROMPTSMITH_CACHE;
  if (process.platform === 'win32' && env.LOCALAPPDATA)
    return join(env.LOCALAPPDATA, 'promptsmith');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'promptsmith');
}

/**
 * A package of the npm registry, unpacked in the cache; `prepare` finishes it there. The folder
 * appears whole or not at all, so that it is its own stamp, and two fetches at once do no harm: the
 * second finds the place taken and throws its own copy away. Throws with a message for people.
 * @param {{ package: string, integrity: string }} build a package with its version, and npm's own
 *   integrity value for it
 * @param {string} folder where it shall be
 * @param {{ only?: string, prepare?: (folder: string) => Promise<void> }} [options] `only`: the part
 *   of the package that is wanted, with `/`
 */
export async function fetchPackage(build, folder, { only = '', prepare } = {}) {
  if (existsSync(folder)) return;
  console.error(`Fetching ${build.package} into ${cacheFolder()}, once …`);
  await makeFolder(folder, async (scratch) => {
    const archive = await download(build, scratch);
    const part = only === '' ? 'package' : `package/${only}`;
    const unpacked = await capture('tar', ['xzf', archive, part], { cwd: scratch });
    if (unpacked.code !== 0)
      throw new Error(`tar could not unpack ${archive}:\n${unpacked.output.trim()}`);
    const made = join(scratch, ...part.split('/'));
    await prepare?.(made);
    return made;
  });
}

/**
 * Makes `folder` from what `make` leaves in a scratch folder beside it.
 * @param {string} folder
 * @param {(scratch: string) => Promise<string>} make resolves to the folder that is finished
 */
export async function makeFolder(folder, make) {
  const scratch = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await mkdir(scratch, { recursive: true });
  try {
    const made = await make(scratch);
    await rename(made, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {{ package: string, integrity: string }} build @param {string} scratch */
async function download(build, scratch) {
  const { program, args, shell } = npm();
  const pack = ['pack', build.package, '--ignore-scripts', '--silent'];
  // In the scratch folder: the file name stays without blanks, as a Windows shell needs it.
  const packed = await capture(program, [...args, ...pack], { cwd: scratch, shell });
  const archive = join(scratch, `${build.package.replace(/^@/, '').replace(/[@/]/g, '-')}.tgz`);
  if (packed.code !== 0 || !existsSync(archive)) {
    throw new Error(`npm could not fetch ${build.package}:\n${packed.output.trim()}`);
  }
  const hash = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (`sha512-${hash}` !== build.integrity) {
    throw new Error(
      `${build.package} is not what was pinned (its sha512 differs): nothing was installed.`,
    );
  }
  return archive;
}
