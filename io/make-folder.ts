import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and what is missing above it, with one attempt each: Node's own `recursive` never returns
 * below a folder that refuses with ENOENT, such as /proc. False if it cannot be made. `mode` is for the
 * folders that are made.
 */
export function makeFolder(folder: string, mode?: number): boolean {
  if (existsSync(folder)) return true;
  const parent = dirname(folder);
  if (parent === folder || !makeFolder(parent, mode)) return false;
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch {
    return existsSync(folder); // another process may have made it
  }
}
