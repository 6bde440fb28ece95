import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../process.mjs';

const file = 'dist/.stamp.json';

/**
 * Notes what a build was made of. `started` is the time in ms when it began: a file changed during
 * the build counts as changed.
 * @param {{ kind: unknown, inputs: readonly string[], outputs: readonly string[], started: number }} build
 */
export function writeStamp(build) {
  writeFileSync(join(root, file), JSON.stringify(build));
}

/**
 * True when the last build was of this kind, its files are there, and nothing it was made of has
 * changed since.
 * @param {unknown} kind
 */
export function isFresh(kind) {
  try {
    const stamp = JSON.parse(readFileSync(join(root, file), 'utf8'));
    if (JSON.stringify(stamp.kind) !== JSON.stringify(kind)) return false;
    const present = stamp.outputs.every((path) => changed(path) > 0);
    return present && stamp.inputs.every((path) => changed(path) < stamp.started);
  } catch {
    // No stamp, one that is cut short, or an input that is gone.
    return false;
  }
}

function changed(path) {
  return statSync(join(root, path)).mtimeMs;
}
