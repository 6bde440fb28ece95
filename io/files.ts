import { type Dirent, existsSync, promises as fs } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  adviseEncoding,
  decodeText,
  describeEncoding,
  type EncodingProblem,
} from '#core/decode-text.ts';
import { matchesGlob } from '#core/glob.ts';
import { DATA_FOLDER } from './data-folder.ts';

/** The name of the project's settings file. */
export const SETTINGS_FILE = '.promptsmith.yaml';

/** The name of the project's list of known findings. */
export const LINT_BASELINE_FILE = '.promptsmith.known.json';

/** A larger text file is not read: 16 MiB. */
export const MAX_FILE_BYTES = 16 * 1024 * 1024;

export interface FileError {
  readonly kind: 'missing' | 'not-a-file' | 'too-large' | 'not-utf8' | 'unreadable';
  /** What is wrong and, for some kinds, what to do. Starts with the path as it was given. */
  readonly message: string;
  /** Set for `not-utf8`. */
  readonly encoding?: EncodingProblem;
}

/** A file's text as UTF-8; a byte order mark stays, and any other encoding is an error. Never rejects. */
export async function readTextFile(
  path: string,
  maxBytes: number = MAX_FILE_BYTES,
): Promise<{ text: string } | { error: FileError }> {
  try {
    const { size } = await checkedStat(path);
    if (size > maxBytes) {
      const message = `${path} has ${size} bytes; at most ${maxBytes} are read.`;
      return { error: { kind: 'too-large', message } };
    }
    return decodeFile(path, await fs.readFile(path));
  } catch (error) {
    return { error: fileError(path, error) };
  }
}

/** Decodes the bytes of a file that a user wrote; `name` is what the message calls it. */
export function decodeFile(
  name: string,
  bytes: Uint8Array,
): { text: string } | { error: FileError & { readonly kind: 'not-utf8' } } {
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded;
  const { problem } = decoded;
  const message = `${name} ${describeEncoding(problem)}. ${adviseEncoding(problem)}`;
  return { error: { kind: 'not-utf8', message, encoding: problem } };
}

/** True for names the format gives to prompt files. */
export function isPromptFile(path: string): boolean {
  return /\.prompt\.ya?ml$/i.test(path);
}

/** True for the project's settings file. */
export function isSettingsFile(path: string): boolean {
  return basename(path) === SETTINGS_FILE;
}

/** True for what holds for all files of a project: its settings and its known findings. */
export function isProjectFile(path: string): boolean {
  return isSettingsFile(path) || basename(path) === LINT_BASELINE_FILE;
}

/** Folders that no scan enters. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', DATA_FOLDER]);

/**
 * The prompt files in and below the roots, in the order of their names, each once; a root may be a
 * file itself. `ignored` gets absolute paths of folders and files. Links to folders are not
 * followed and what cannot be listed is left out.
 */
export async function* findPromptFiles(
  roots: readonly string[],
  ignored: (path: string) => boolean = () => false,
): AsyncIterable<string> {
  const seen = new Set<string>();
  const open = roots.map((root) => resolve(root)).toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const entries = await list(next);
    if (entries === 'file') {
      if (isPromptFile(next)) yield next;
      continue;
    }
    const folders: string[] = [];
    for (const entry of entries) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !ignored(path)) folders.push(path);
      } else if (entry.isFile() && isPromptFile(entry.name) && !seen.has(path) && !ignored(path)) {
        seen.add(path);
        yield path;
      }
    }
    open.push(...folders.toReversed());
  }
}

/** A test for `findPromptFiles` from globs relative to a folder; nothing outside it is ignored. */
export function compileIgnore(base: string, globs: readonly string[]): (path: string) => boolean {
  return (path) => {
    const inside = relativePath(base, path);
    return inside !== null && inside !== '' && matchesGlob(inside, globs);
  };
}

/**
 * The nearest file or folder of this name in `from` or above it; null when there is none. With
 * `stopAtRepoRoot` the search ends at the folder that holds `.git`.
 */
export async function findUpward(
  name: string,
  from: string,
  stopAtRepoRoot = true,
): Promise<string | null> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, name);
    if (existsSync(path)) return path;
    if (stopAtRepoRoot && existsSync(join(folder, '.git'))) return null;
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The folder that relative paths and prompt ids start from: that of the nearest settings file, else
 * the repository root, else `fallback`.
 */
export async function findProjectRoot(
  from: string,
  fallback: string,
): Promise<{ root: string; settingsFile: string | null }> {
  const settingsFile = await findUpward(SETTINGS_FILE, from);
  if (settingsFile !== null) return { root: dirname(settingsFile), settingsFile };
  const repository = await findUpward('.git', from, false);
  return { root: repository === null ? resolve(fallback) : dirname(repository), settingsFile };
}

/** The path from a folder with `/` between names, '' for the folder itself; null when it lies outside. */
export function relativePath(folder: string, path: string): string | null {
  const between = relative(folder, path);
  if (between === '..' || between.startsWith(`..${sep}`) || isAbsolute(between)) return null;
  return sep === '/' ? between : between.replaceAll(sep, '/');
}

/** The names in a folder, in order; folders end with `/`. Empty when it cannot be listed. */
export async function listFolder(path: string): Promise<string[]> {
  const entries = await list(path);
  if (entries === 'file') return [];
  return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
}

/** The file path of a `file:` URI; null for every other URI. */
export function uriToPath(uri: string): string | null {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : null;
  } catch {
    return null;
  }
}

/** The `file:` URI of a path. */
export function pathToUri(path: string): string {
  return pathToFileURL(path).href;
}

/** The folder of a file. */
export function getFolder(path: string): string {
  return dirname(path);
}

/** A path made absolute from a folder. */
export function resolvePath(folder: string, path: string): string {
  return resolve(folder, path);
}

async function list(path: string): Promise<Dirent[] | 'file'> {
  try {
    const entries = await fs.readdir(path, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'file' : [];
  }
}

async function checkedStat(path: string): Promise<{ size: number }> {
  const stats = await fs.stat(path);
  if (!stats.isFile()) throw Object.assign(new Error('not a file'), { code: 'EISDIR' });
  return stats;
}

function fileError(path: string, error: unknown): FileError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { kind: 'missing', message: `${path} does not exist.` };
  if (code === 'EISDIR') return { kind: 'not-a-file', message: `${path} is not a file.` };
  return { kind: 'unreadable', message: `${path} could not be read: ${message}` };
}
