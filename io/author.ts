import { userInfo } from 'node:os';
import { readGitUser } from './git.ts';

/** Who works in a folder: the name that git knows, else the account's. */
export async function authorName(folder: string): Promise<string> {
  return (await readGitUser(folder)) ?? readAccountName() ?? 'unknown';
}

function readAccountName(): string | null {
  try {
    return userInfo().username || null;
  } catch {
    // An account without a name, as containers have.
    return null;
  }
}
