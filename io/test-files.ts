import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isTestFile, readTestFile } from '#core/eval/plan/test-file.ts';
import { matchesGlob } from '#core/glob.ts';
import type { TestFileFact } from '#core/lint/engine/facts.ts';
import type { PromptDocument, Row } from '#core/prompt/document.ts';
import { LineMap } from '#core/text.ts';
import { DATA_FOLDER } from './data-folder.ts';
import {
  type FileError,
  isPromptFile,
  listFolder,
  MAX_FILE_BYTES,
  readTextFile,
  relativePath,
} from './files.ts';

/** Most rows that the test files of one prompt may have together. */
export const MAX_TEST_ROWS = 50_000;
/** Most files that one prompt may name. */
const MAX_FILES = 500;
/** Most names that a glob may look at. */
const MAX_NAMES = 100_000;

/** What the test files of a prompt hold. */
export interface TestRows {
  /** In the order of the patterns, then of the paths; each with its `file`, a path from the root. */
  readonly rows: readonly Row[];
  readonly problems: readonly TestFilesProblem[];
}

export interface TestFilesProblem {
  /** The index of the path or glob under `testFiles`. */
  readonly pattern: number;
  /** A whole line: `cases/a.csv:12: two columns are named "q"`. */
  readonly message: string;
  /** `error`: cases are missing; `info`: how a file was read. */
  readonly severity: 'error' | 'warning' | 'info';
  /** Set if a file was not read because of its size, its encoding … */
  readonly kind?: FileError['kind'];
  /** Absolute path; absent if the problem is about the pattern. */
  readonly path?: string;
}

export const NO_TEST_ROWS: TestRows = { rows: [], problems: [] };

/**
 * Reads the files under `testFiles`: paths and globs relative to the prompt file, inside `root` only,
 * wherever links lead. Never rejects; what cannot be read, or has more than `maxBytes`, is a problem.
 */
export async function readTestFiles(
  { testFiles, rows, messages }: PromptDocument,
  promptFile: string,
  root: string,
  maxBytes: number = MAX_FILE_BYTES,
): Promise<TestRows> {
  if (testFiles.length === 0) return NO_TEST_ROWS;
  const problems: TestFilesProblem[] = [];
  const error = (message: string, pattern: number): void =>
    void problems.push({ message, pattern, severity: 'error' });
  /** Each with the pattern that found it first. */
  const paths = new Map<string, number>();
  for (const [i, { pattern }] of testFiles.entries()) {
    const found = await findFiles(pattern, dirname(promptFile), root);
    if ('error' in found) error(`\`testFiles: ${pattern}\` ${found.error}`, i);
    else for (const path of found.paths) if (!paths.has(path)) paths.set(path, i);
  }
  if (paths.size > MAX_FILES) {
    error(`\`testFiles\` names ${paths.size} files; at most ${MAX_FILES} are read`, 0);
    return { rows: [], problems };
  }
  const placeholders = new Set(
    messages.flatMap(({ content }) => content?.placeholders.map(({ name }) => name) ?? []),
  );
  const read: Row[] = [];
  for (const [path, pattern] of paths) {
    const name = relativePath(root, path) ?? path;
    const file = await readTextFile(path, maxBytes);
    if ('error' in file) {
      const message = file.error.message.replace(path, name).replace(/\.$/, '');
      problems.push({ message, pattern, severity: 'error', kind: file.error.kind, path });
      continue;
    }
    const result = readTestFile(name, file.text, {
      placeholders,
      firstIndex: rows.length + read.length,
      maxRows: MAX_TEST_ROWS - read.length,
    });
    for (const row of result.rows) read.push(row);
    if (result.problems.length === 0) continue;
    const lines = new LineMap(file.text);
    for (const { message, span, severity } of result.problems) {
      const line = lines.position(span.start).line + 1;
      problems.push({ message: `${name}:${line}: ${message}`, pattern, severity, path });
    }
  }
  return { rows: read, problems };
}

/** The files that a path or glob means, sorted, or what is wrong with it. */
async function findFiles(
  pattern: string,
  folder: string,
  root: string,
): Promise<{ readonly paths: readonly string[] } | { readonly error: string }> {
  const glob = pattern
    .trim()
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (isAbsolute(glob) || /^(?:[a-z][a-z+.-]*:|~)/i.test(glob))
    return { error: 'must be a path relative to the prompt file' };
  const fixed = /^(?:[^*?{]*\/)?/.exec(glob)?.[0] ?? '';
  const isGlob = /[*?{]/.test(glob);
  const base = resolve(folder, isGlob ? fixed : glob);
  if (relativePath(root, base) === null)
    return { error: 'is outside the project; test files must be inside it' };
  if (!isGlob && !isTestFile(glob)) return { error: 'must end in .csv, .jsonl or .yaml' };
  const found = isGlob ? await walk(base, glob.slice(fixed.length)) : [base];
  if (found === null) return { error: `looks at more than ${MAX_NAMES} names: name a folder` };
  if (found.length === 0) return { error: 'fits no file' };
  const realRoot = await realpath(root);
  for (const path of found) {
    const real = await realpath(path).catch(() => path);
    if (relativePath(realRoot, real) === null && relativePath(root, real) === null)
      return { error: `leaves the project: ${relativePath(root, path)} is a link to the outside` };
  }
  return { paths: found };
}

/** Test files below a folder that fit a glob; links to folders are not followed. Null: too many names. */
async function walk(base: string, glob: string): Promise<string[] | null> {
  const found: string[] = [];
  const open = [''];
  let names = 0;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const name of await listFolder(join(base, at))) {
      if (++names > MAX_NAMES) return null;
      const path = `${at}${name}`;
      if (name.endsWith('/')) {
        if (!SKIPPED.has(name)) open.push(path);
      } else if (isTestFile(name) && !isPromptFile(name) && matchesGlob(path, [`/${glob}`])) {
        found.push(join(base, path));
      }
    }
  }
  return found.sort();
}

/** The problems as rules need them. */
export function toTestFileFacts(problems: readonly TestFilesProblem[]): TestFileFact[] {
  return problems.map(({ pattern, message, severity, kind }) => ({
    pattern,
    message,
    severity,
    isEncoding: kind === 'not-utf8',
  }));
}

const SKIPPED: ReadonlySet<string> = new Set(['node_modules/', '.git/', `${DATA_FOLDER}/`]);
