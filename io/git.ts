import { execFile } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { decodeText, describeEncoding } from '#core/decode-text.ts';

/** The longest file that is read from a repository's history, in bytes. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The text of a file as it was at a git revision (`HEAD`, `main~3`, a tag, a commit), or one sentence
 * that says why there is none. Only reads git's objects: no filter, hook or pager of the repository runs.
 */
export async function readFileAtRevision(
  file: string,
  revision: string,
): Promise<{ readonly text: string } | { readonly error: string }> {
  // It would be an option, or name more than a revision.
  if (revision === '' || /^-|:/.test(revision))
    return { error: `"${revision}" is not a git revision` };
  const folder = dirname(file);
  const known = await git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  if (known.kind === 'no-git') return { error: 'git is not installed' };
  if (known.kind === 'failed') {
    const inside = await git(folder, ['rev-parse', '--git-dir']);
    return {
      error:
        inside.kind === 'ok'
          ? `git knows no revision ${revision}`
          : 'it is not in a git repository',
    };
  }
  const blob = await git(folder, ['cat-file', 'blob', `${revision}:./${basename(file)}`]);
  if (blob.kind !== 'ok') return { error: `it did not exist at ${revision}` };
  const decoded = decodeText(blob.bytes);
  if ('text' in decoded) return decoded;
  return { error: `at ${revision} it ${describeEncoding(decoded.problem)}` };
}

/** The name that git knows the user by in a folder; null when it knows none. */
export async function readGitUser(folder: string): Promise<string | null> {
  const found = await git(folder, ['config', '--get', 'user.name']);
  return (found.kind === 'ok' && found.bytes.toString('utf8').trim()) || null;
}

/** True when a text names a commit of the repository that a folder lies in. */
export async function isRevision(folder: string, revision: string): Promise<boolean> {
  if (revision === '' || /^-|:/.test(revision)) return false;
  const known = await git(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  return known.kind === 'ok';
}

/** The files below a folder at a revision, as paths from it with `/`; none when git knows nothing of it. */
export async function listFilesAtRevision(folder: string, revision: string): Promise<string[]> {
  if (!(await isRevision(folder, revision))) return [];
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--name-only', revision, '.']);
  if (listed.kind !== 'ok') return [];
  const paths = listed.bytes.toString('utf8').split('\0');
  return paths.filter((path) => path !== '');
}

type Output =
  | { readonly kind: 'ok'; readonly bytes: Buffer }
  | { readonly kind: 'failed' }
  | { readonly kind: 'no-git' };

/** The variables by which a hook tells git its repository; the file's folder tells it here. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

function git(folder: string, args: readonly string[]): Promise<Output> {
  const env = { ...process.env };
  for (const name of HOOK_VARIABLES) delete env[name];
  const options = { maxBuffer: MAX_BYTES, windowsHide: true, encoding: 'buffer', env } as const;
  // A partial clone may not fetch what is missing: that would run programs which its settings name.
  const words = ['-C', folder, '-c', 'protocol.allow=never', ...args];
  return new Promise((resolve) => {
    execFile('git', words, options, (error, bytes) => {
      if (!error) resolve({ kind: 'ok', bytes });
      else resolve({ kind: error.code === 'ENOENT' ? 'no-git' : 'failed' });
    });
  });
}
