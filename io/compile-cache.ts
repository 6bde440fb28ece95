import { enableCompileCache, flushCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * Has Node keep what V8 compiles in a folder of ours below the user's cache folder, so that the next
 * process need not compile it again. It holds for the modules that are loaded afterwards, and does nothing
 * in a Node that has no such cache. Where the folder cannot be written, or what is in it is damaged, modules
 * are compiled as without it. Never throws.
 */
export function keepCompiledCode(): void {
  const folder = compileCacheFolder();
  if (folder !== null && makeFolder(folder)) enableCompileCache?.(folder);
}

/**
 * Writes what has been compiled after `ms` milliseconds instead of at the end of the process: one that runs
 * for hours has then thrown away most of it, and one that is killed writes nothing.
 */
export function writeCompiledCodeAfter(ms: number): void {
  setTimeout(() => flushCompileCache?.(), ms).unref();
}

/** Where compiled code is kept; null when it is unknown where the user's caches belong. */
export function compileCacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string | null {
  const folder = userCacheFolder(env, platform, home);
  return isAbsolute(folder) ? join(folder, 'promptsmith', 'compile-cache') : null;
}

function userCacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') return env.LOCALAPPDATA ?? '';
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  const { XDG_CACHE_HOME: named = '' } = env;
  // The specification of XDG_CACHE_HOME says to ignore a relative path.
  return isAbsolute(named) ? named : join(home, '.cache');
}
