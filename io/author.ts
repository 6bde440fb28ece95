import { userInfo } from 'node:os';
import { gitUser } from './git.ts';

/** Who works in a folder: the name that git knows, else the account's. */
export async function authorName(folder: string): Promise<string> {
  return (await gitUser(folder)) ?? accountName() ?? 'unknown';
}

function accountName(): string | null {
  try {
    return userInfo().username || null;
  } catch {
    // An account without a name, as containers have.
    return null;
  }
}
